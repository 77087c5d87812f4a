# SPDX-License-Identifier: GPL-3.0-or-later
"""A model that says what an attack of tests/data/attacks/replies.json has it say,
word for word. Which one stands in the request: the product's note has "attack
number N" in it. Everything that it is asked is kept."""

import json
import os
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'engines'))
from model_content import Claims, both, shape  # noqa: E402

USAGE = {'prompt_tokens': 900, 'completion_tokens': 300, 'total_tokens': 1200}
MARK = re.compile(r'attack number (\d+)')
FIELDS = {'title': 'titles', 'description': 'description', 'bullets': 'bullets', 'keywords': 'keywords'}


def make_content(attack):
    """What the model says"""
    if 'content' in attack:
        return attack['content']
    facts = [('1', '', 'bamboo basket 28 cm'), ('2', '', 'woven by hand'), ('3', '', 'Anji'), ('4', '', '28 cm')]
    reply = shape(Claims(facts, 1, 'en', {}))
    if 'members' in attack:
        reply.update(attack['members'])
    elif attack['field'] in ('missing', 'warnings'):
        reply[attack['field']] = [attack['text']]
    else:
        reply[FIELDS[attack['field']]].insert(0, both((attack['text'], ['1'])))
        for alt in reply['alt_texts']:
            alt['text'] = attack['text']
    return json.dumps(reply)


class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def log_message(self, *args):
        pass

    def do_GET(self):
        self.keep(b'')
        self.say('application/json', json.dumps({'object': 'list', 'data': [
            {'id': name, 'object': 'model', 'owned_by': 'vllm'} for name in self.server.models]}).encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
        self.keep(body)
        match = MARK.search(body.decode('utf-8', 'replace'))
        attack = self.server.attacks[int(match[1])] if match else {'content': 'OK'}
        if 'body' in attack:
            headers = {name: value.replace('@other@', self.server.other) for name, value in attack.get('headers', {}).items()}
            self.say(attack['type'], attack['body'].encode('utf-8', 'surrogatepass'), attack.get('status', 200), headers)
        elif json.loads(body).get('stream'):
            self.stream(make_content(attack))
        else:
            self.say('application/json', json.dumps({'id': 'x', 'object': 'chat.completion', 'model': 'replay-vl', 'usage': USAGE, 'choices': [
                {'index': 0, 'message': {'role': 'assistant', 'content': make_content(attack)}, 'finish_reason': 'stop'}]}).encode())

    def stream(self, content):
        # A character of two halves is not cut
        pieces = [content[at:at + 4000] for at in range(0, len(content), 4000)] or ['']
        chunks = [{'choices': [{'index': 0, 'delta': {'content': piece}, 'finish_reason': None}]} for piece in pieces]
        chunks.append({'choices': [{'index': 0, 'delta': {}, 'finish_reason': 'stop'}]})
        chunks.append({'choices': [], 'usage': USAGE})
        lines = [json.dumps({'id': 'x', 'object': 'chat.completion.chunk', 'model': 'replay-vl', **chunk}) for chunk in chunks]
        self.say('text/event-stream', ''.join(f'data: {line}\n\n' for line in [*lines, '[DONE]']).encode())

    def say(self, kind, body, status=200, headers=()):
        try:
            self.send_response(status)
            self.send_header('Content-Type', kind)
            self.send_header('Content-Length', str(len(body)))
            for name, value in dict(headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:
            self.close_connection = True

    def keep(self, body):
        with self.server.lock:
            self.server.asked.append((self.command, self.path, dict(self.headers), body))


class ReplayServer(ThreadingHTTPServer):
    """address: what to give to an engine; asked: every request"""

    daemon_threads = True

    def __init__(self, attacks=(), other='http://evil.invalid', models=('replay-vl',)):
        super().__init__(('127.0.0.1', 0), Handler)
        self.attacks, self.other, self.models = list(attacks), other, list(models)
        self.lock, self.asked = threading.Lock(), []
        self.root = f'http://127.0.0.1:{self.server_address[1]}'
        self.address = self.root + '/v1'

    def handle_error(self, request, client_address):
        """Who has read enough goes away"""

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()
