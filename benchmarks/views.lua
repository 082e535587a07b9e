-- Every request is a view by another person, of another address behind a proxy: wrk -s views.lua URL -- PATH
local agents = {
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
}

local threads = 0
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

local path
local views = 0
local first
function init(arguments)
  path = arguments[1]
  first = os.time() % 256 -- another run is made by others
end

function request()
  views = views + 1
  local address = string.format("%d.%d.%d.%d", 100 + number, (first + math.floor(views / 65536)) % 256,
    math.floor(views / 256) % 256, views % 256)
  return wrk.format("POST", path, {
    ["User-Agent"] = agents[views % #agents + 1],
    ["X-Forwarded-For"] = address
  })
end
