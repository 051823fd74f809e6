"""The official Python SDK, unchanged, against the built practice server.

Run from the root of the repository: python -m unittest discover test/python
It needs the package `openai`, and node on the path or in NODE.
"""

import json
import os
import re
import subprocess
import unittest

from pydantic import BaseModel

import openai
from openai import OpenAI

MODEL = "gpt-4o-mini"
HELLO = [{"role": "user", "content": "Say 'Hello World'"}]


class PracticeServer:
    """`first-token serve` on a free port."""

    def __init__(self, *options):
        node = os.environ.get("NODE", "node")
        command = [node, "dist/cli.js", "serve", "--port", "0", "--pace", "instant", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        found = None
        while not found:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError("the practice server did not start")
            found = re.search(r"listens at (\S+)", line)
        self.url = found.group(1)

    def stop(self):
        self.process.terminate()
        self.process.stdout.read()
        self.process.stdout.close()
        return self.process.wait(timeout=10)


class PracticeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = PracticeServer("--log", "none")
        cls.client = OpenAI(base_url=cls.server.url, api_key="sk-practice")

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        assert cls.server.stop() == 0

    def with_fault(self, fault, **options):
        return self.client.with_options(default_headers={"x-practice-fault": fault}, **options)

    def test_whole(self):
        answer = self.client.chat.completions.create(model=MODEL, messages=HELLO)
        self.assertEqual(answer.choices[0].message.content, "Hello World!")
        self.assertEqual(answer.choices[0].finish_reason, "stop")
        self.assertEqual(answer.usage.total_tokens, 15)

    def test_stream(self):
        stream = self.client.chat.completions.create(
            model=MODEL, messages=HELLO, stream=True, stream_options={"include_usage": True}
        )
        chunks = list(stream)
        deltas = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices]
        self.assertEqual(deltas, ["", "Hello", " World", "!", None])
        self.assertEqual(chunks[-1].usage.completion_tokens, 3)

    def test_stream_helper(self):
        with self.client.chat.completions.stream(model=MODEL, messages=HELLO) as stream:
            deltas = [event.delta for event in stream if event.type == "content.delta"]
            final = stream.get_final_completion()
        self.assertEqual(deltas, ["", "Hello", " World", "!"])
        self.assertEqual(final.choices[0].message.content, "Hello World!")

    def test_parse(self):
        class Trip(BaseModel):
            city: str
            days: int

        answer = self.client.chat.completions.parse(
            model=MODEL,
            messages=[{"role": "user", "content": "Plan 3 days in Lisbon"}],
            response_format=Trip,
        )
        self.assertEqual(answer.choices[0].message.parsed, Trip(city="Lisbon", days=3))

    def test_tools(self):
        tools = [
            {
                "type": "function",
                "function": {
                    "name": "get_weather",
                    "parameters": {
                        "type": "object",
                        "properties": {"city": {"type": "string"}},
                        "required": ["city"],
                    },
                },
            }
        ]
        messages = [{"role": "user", "content": "What is the weather in Seattle and San Francisco today?"}]
        asked = self.client.chat.completions.create(model=MODEL, messages=messages, tools=tools)
        calls = asked.choices[0].message.tool_calls
        cities = [json.loads(call.function.arguments)["city"] for call in calls]
        self.assertEqual(cities, ["Seattle", "San Francisco"])
        results = [
            {"role": "tool", "tool_call_id": call.id, "content": f"{city}: 12 degrees"}
            for call, city in zip(calls, cities)
        ]
        answered = self.client.chat.completions.create(
            model=MODEL, messages=[*messages, asked.choices[0].message, *results], tools=tools
        )
        self.assertIn("San Francisco: 12 degrees", answered.choices[0].message.content)

    def test_abort(self):
        stream = self.client.chat.completions.create(
            model=MODEL,
            messages=[{"role": "user", "content": "Write a poem about the ocean."}],
            stream=True,
            extra_headers={"x-practice-pace": "fast"},
        )
        with stream:
            seen = [chunk for chunk, _ in zip(stream, range(3))]
        self.assertEqual(len(seen), 3)

    def test_retries(self):
        for fault in ("429*1", "500*2"):
            answer = self.with_fault(fault).chat.completions.create(model=MODEL, messages=HELLO)
            self.assertEqual(answer.choices[0].message.content, "Hello World!")

    def test_errors(self):
        classes = {
            "401": openai.AuthenticationError,
            "403": openai.PermissionDeniedError,
            "404": openai.NotFoundError,
            "409": openai.ConflictError,
            "429": openai.RateLimitError,
            "500": openai.InternalServerError,
        }
        for fault, expected in classes.items():
            with self.subTest(fault), self.assertRaises(expected) as caught:
                self.with_fault(fault, max_retries=0).chat.completions.create(model=MODEL, messages=HELLO)
            self.assertEqual(caught.exception.status_code, int(fault))

    def test_error_in_mid_stream(self):
        stream = self.with_fault("error@chunk=3").chat.completions.create(
            model=MODEL, messages=HELLO, stream=True
        )
        seen = []
        with self.assertRaises(openai.APIError):
            for chunk in stream:
                seen.append(chunk)
        self.assertEqual(len(seen), 3)

    def test_models(self):
        self.assertIn(MODEL, [model.id for model in self.client.models.list()])


if __name__ == "__main__":
    unittest.main()
