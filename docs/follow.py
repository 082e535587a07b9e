#!/usr/bin/env python3
"""Follows what Broadsheet publishes, as docs/asyncapi.json says: python3 docs/follow.py http://localhost:8080

Prints a line for each event and, after a break, goes on behind the last one. Needs nothing but Python 3.8."""
import json
import sys
import time
import urllib.error
import urllib.request

url = sys.argv[1].rstrip("/") + "/api/notifications/stream"
last_id, retry = None, 2.0
while True:
    request = urllib.request.Request(url, headers={"Accept": "text/event-stream"})
    if last_id:
        request.add_header("Last-Event-ID", last_id)
    try:
        with urllib.request.urlopen(request, timeout=60) as stream:  # a sign of life comes every 15 s
            name, data = "message", []
            for line in (raw.decode("utf-8").rstrip("\r\n") for raw in stream):
                field, _, value = line.partition(":")
                value = value[1:] if value.startswith(" ") else value
                if field == "id":
                    last_id = value
                elif field == "event":
                    name = value
                elif field == "data":
                    data.append(value)
                elif field == "retry":
                    retry = int(value) / 1000
                elif not line:  # the end of an event; one without data only moves the id
                    if data:
                        event = json.loads("\n".join(data))
                        article = event.get("article", {})
                        print(name, article.get("version", ""), article.get("title") or article.get("url") or event, flush=True)
                    name, data = "message", []
    except (OSError, urllib.error.URLError) as problem:
        print("disconnected:", problem, file=sys.stderr)
    time.sleep(retry)
