-- wrk's script: one response to a survey a request, 400 bytes, each with an id of its own.
-- Argument: a number that no other run on the same data has.

local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("thread", threads)
end

function init(args)
  local before = '{"type":"response","id":"019aa5f0-'
    .. string.format("%04x-7%03x-8000-", tonumber(args[1]), thread)
  local after = '","seq":1,"survey":"checkout-effort","score":6,"complete":true,'
    .. '"trigger":"exit_intent","signal":"pointer","at":"2026-11-21T10:00:00.000Z","channel":"web",'
    .. '"page":{"path":"/checkout"},"device":"mobile","language":"fr",'
    .. '"session":{"pages":4,"seconds":181},"answers":{"comment":"'
  local ending = '"}}'
  local comment = string.rep("Livraison ", 40):sub(1, 400 - #before - 12 - #after - #ending)
  head = "POST /v1/sites/demo/events HTTP/1.1\r\nHost: shop\r\nContent-Type: text/plain\r\n"
    .. "Content-Length: 400\r\n\r\n" .. before
  tail = after .. comment .. ending
  sent = 0
end

function request()
  sent = sent + 1
  return head .. string.format("%012x", sent) .. tail
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format("\nmeasured %d %d %d %d %d %d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
