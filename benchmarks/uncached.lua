-- Reads each article in its turn: wrk -s uncached.lua URL -- FILE, which holds the ids, a line each, in any order
local thread_count = 0
function setup(thread)
  thread:set("number", thread_count)
  thread_count = thread_count + 1
end

local ids = {}
local turn
function init(arguments)
  for id in io.lines(arguments[1]) do
    ids[#ids + 1] = id
  end
  -- two threads begin at opposite ends, and each load elsewhere than the last
  turn = math.floor(os.time() * 7919 + number * #ids / 2) % #ids
end

function request()
  turn = turn % #ids + 1
  return wrk.format("GET", "/api/articles/" .. ids[turn] .. "?view=false")
end
