-- Every request is a view by another person: wrk -s views.lua URL -- PATH
local thread_count = 0
function setup(thread)
  thread_count = thread_count + 1
  thread:set("number", thread_count)
end

local path
local views = 0
function init(arguments)
  path = arguments[1]
end

function request()
  views = views + 1
  return wrk.format("POST", path, {
    ["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/" .. number .. "." .. views
  })
end
