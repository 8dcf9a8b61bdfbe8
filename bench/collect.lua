-- One request: EVENTS messages of one new page view (1: the page view alone), or of VIEWS page views in a row for each
-- visitor. A visitor is an address of their own; the browser is one of a few.
math.randomseed(os.time() + tonumber(tostring({}):match("0x(%x+)"), 16) % 1000003)
local events = tonumber(os.getenv("EVENTS") or "1")
local views = tonumber(os.getenv("VIEWS") or "1")
local agents = {
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
  "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
}

-- 128 random bits as the tracker writes them.
local function id()
  local r = math.random
  return string.format("%d-%d-%d-%d", r(0, 0xffffffff), r(0, 0xffffffff), r(0, 0xffffffff), r(0, 0xffffffff))
end

local n, address, agent = 0, "", ""
request = function()
  if n % views == 0 then
    address = string.format("%d.%d.%d.%d", math.random(1, 223), math.random(0, 255), math.random(0, 255), math.random(1, 254))
    agent = agents[math.random(#agents)]
  end
  n = n + 1
  local page = string.format(
    '"view":"%s","url":"https://shop.example/docs/page-%d","referrer":"https://www.google.com/","title":"A page of the shop","age":%d,"resumed":false',
    id(), n % 200, events * 10)
  local messages = { "{" .. page .. "}" }
  for i = 2, events do
    messages[i] = string.format('{%s,"id":"%s","at":%d,"event":"click","name":"See plans","target":"https://shop.example/pricing"}', page, id(), i * 7)
  end
  local body = string.format('{"site":1,"touch":0,"messages":[%s]}', table.concat(messages, ","))
  return wrk.format("POST", "/api/collect",
    { ["content-type"] = "text/plain;charset=UTF-8", ["user-agent"] = agent, ["x-forwarded-for"] = address }, body)
end

-- Milliseconds that each connection waits before a request, for a load that is not the greatest.
if os.getenv("DELAY") then
  delay = function() return tonumber(os.getenv("DELAY")) end
end

local threads = {}
setup = function(thread) table.insert(threads, thread) end

-- wrk counts every answer; only 202 means stored.
refused = 0
response = function(status) if status ~= 202 then refused = refused + 1 end end

done = function(summary, latency)
  local not_stored = 0
  for _, thread in ipairs(threads) do not_stored = not_stored + thread:get("refused") end
  local seconds = summary.duration / 1e6
  io.write(string.format("RESULT requests=%d refused=%d rate=%.0f p50=%.2f p99=%.2f\n",
    summary.requests, not_stored, (summary.requests - not_stored) / seconds,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
