#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server on this computer that speaks as every provider of models does, with their quirks and faults.

    model_server.py [--port 0] [--log FILE] [--root DIALECT[+QUIRK[=VALUE]…]]

The first line it prints is "PORT n". What it does stands in the address, so that
it keeps nothing in mind: http://127.0.0.1:PORT/DIALECT[+QUIRK[=VALUE]…]/v1 is the
base address to give to an engine. With --root, /v1, /api and /props are answered
as that dialect. With --with-input it ends when its standard input does. DIALECTS
lists the dialects, model_quirks.md beside this file the quirks.

Each request is one JSON line in FILE, written before it is answered: n, method,
path, headers, body (text, or body_base64), pictures (what was found in it, see
look()) and in_flight (how many were being answered, this one too). Each answer
that ended is one in FILE.ends: n, status, bytes, gone (the client left first).
"""

import argparse
import base64
import datetime
import email.utils
import gzip
import hashlib
import json
import os
import re
import select
import socket
import struct
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import model_content  # noqa: E402
import model_pictures  # noqa: E402
from model_dialects import DIALECTS, HTML, SHAPES, Refusal, check_chat, check_key, look, measure, text_of  # noqa: E402

LONGEST_HANG = 120


class Gone(Exception):
    """The client has left"""


class State:
    """All that is kept: the log, counts for "fail" and "first", and finished pictures by their id"""

    def __init__(self, log):
        self.lock = threading.Lock()
        self.log = open(log, 'a', encoding='utf-8') if log else None
        self.ends = open(log + '.ends', 'a', encoding='utf-8') if log else None
        self.counts, self.files, self.tasks = {}, {}, {}
        self.n = self.in_flight = 0

    def count(self, *key):
        with self.lock:
            self.counts[key] = self.counts.get(key, 0) + 1
            return self.counts[key]

    def keep(self, pictures):
        with self.lock:
            key = f'{len(self.files) + len(self.tasks) + 1:08x}'
            self.files[key] = pictures
            return key

    @staticmethod
    def write(file, entry):
        if file is not None:
            file.write(json.dumps(entry, ensure_ascii=False) + '\n')
            file.flush()


def parse_path(path, root):
    """(dialect's name, quirks, what follows)"""
    plain = path.split('?', 1)[0]
    first, _, tail = plain.lstrip('/').partition('/')
    if first.split('+', 1)[0] not in DIALECTS and root:
        first, tail = root, plain.lstrip('/')
    name, *listed = urllib.parse.unquote(first).split('+')
    quirks = {}
    for each in listed:
        key, _, value = each.partition('=')
        quirks[key] = value
    return name, quirks, '/' + tail


# --- Chat ----------------------------------------------------------------------

def tokens(text):
    han = len(model_content.HAN.findall(text))
    return int(han * 0.7 + (len(text) - han) / 3.8) + 1


def usage_of(body, pictures, content, thought, quirks):
    seen = sum(min(1600, max(85, measure(each)[1] * measure(each)[2] // 784)) for each in pictures)
    given, made = tokens(text_of(body['messages'])) + seen + 12, tokens(content) + tokens(thought) * (thought != '')
    if 'usage-zero' in quirks:
        given = made = 0
    if 'usage-huge' in quirks:
        given, made = 9 * 10 ** 18, 10 ** 30
    if 'usage-negative' in quirks:
        given, made = -5, -7
    if 'usage-null' in quirks:
        return {'prompt_tokens': None, 'completion_tokens': None, 'total_tokens': None}
    usage = {'prompt_tokens': given, 'completion_tokens': made, 'total_tokens': given + made,
             'prompt_tokens_details': {'cached_tokens': 0},
             'completion_tokens_details': {'reasoning_tokens': tokens(thought) if thought else 0}}
    if 'usage-strings' in quirks:
        usage = {'prompt_tokens': str(given), 'completion_tokens': str(made), 'total_tokens': str(given + made)}
    return usage


def thinks(name, body, quirks):
    """Does it think aloud beside the content? Kimi does unless told not to"""
    off = (body.get('thinking') or {}).get('type') == 'disabled' if isinstance(body.get('thinking'), dict) else False
    off = off or body.get('enable_thinking') is False or body.get('chat_template_kwargs') == {'enable_thinking': False}
    return 'reasoning' in quirks or (name == 'kimi' and not off)


class Reply:
    """One chat reply before it is cut into the pieces of a stream or put into one"""

    def __init__(self, name, body, pictures, bound, quirks):
        local = name in ('ollama', 'llamacpp', 'lmstudio', 'vllm')
        self.body, self.quirks, self.name = body, quirks, name
        self.content = model_content.make_content(body['messages'], len(pictures), bound, local, quirks, text_of)
        if 'utf8' in quirks:
            self.content = self.content.replace('"text": "', '"text": "\ue000', 1)
        self.thought = 'The seller sent facts. {"title": "not this one"} Each claim must name one.' if thinks(name, body, quirks) else ''
        self.finish = 'stop'
        for quirk, finish in (('truncated', 'length'), ('content_filter', 'content_filter'), ('toolcalls', 'tool_calls')):
            if quirk in quirks:
                self.finish = finish
        if 'finish' in quirks:
            self.finish = quirks['finish'] or None
        if 'content_filter' in quirks:
            self.content = self.content[:len(self.content) // 3]
        self.usage = usage_of(body, pictures, self.content, self.thought, quirks)

    def head(self, kind):
        return {'id': 'chatcmpl-0123', 'object': kind, 'created': 1790000000, 'model': self.body['model']}

    def whole(self):
        message = {'role': 'assistant', 'content': self.content}
        if self.thought:
            message['reasoning_content'] = self.thought
        if 'refusal' in self.quirks:
            message.update({'content': None, 'refusal': "I'm sorry, I cannot assist with that."})
        if 'nullcontent' in self.quirks:
            message['content'] = None
        if 'parts' in self.quirks:
            message['content'] = [{'type': 'text', 'text': self.content}]
        if 'toolcalls' in self.quirks:
            message.update({'content': None, 'tool_calls': [{'id': 'c1', 'type': 'function', 'function': {
                'name': 'approve_all', 'arguments': '{}'}}]})
        reply = {**self.head('chat.completion'),
                 'choices': [] if 'nochoices' in self.quirks else [{'index': 0, 'message': message, 'finish_reason': self.finish}],
                 'usage': self.usage}
        if 'nousage' in self.quirks:
            del reply['usage']
        return reply

    def delta(self, delta, finish=None, **more):
        return {**self.head('chat.completion.chunk'), 'choices': [{'index': 0, 'delta': delta, 'finish_reason': finish}], **more}

    def wants_usage(self, dialect):
        asked = isinstance(self.body.get('stream_options'), dict) and self.body['stream_options'].get('include_usage')
        return 'nousage' not in self.quirks and (dialect['usage'] == 'always' or asked or 'usage-last' in self.quirks)

    def deltas(self):
        if 'refusal' in self.quirks:
            return [{'refusal': "I'm sorry, "}, {'refusal': 'I cannot assist with that.'}]
        if 'toolcalls' in self.quirks:
            return [{'tool_calls': [{'index': 0, 'id': 'c1', 'type': 'function',
                                     'function': {'name': 'approve_all', 'arguments': '{}'}}]}]
        step = int(self.quirks.get('piece') or 12)
        found = [{'reasoning_content': self.thought[at:at + step]} for at in range(0, len(self.thought), step)]
        if 'nullcontent' in self.quirks:
            return [*found, {'content': None}]
        for at in range(0, len(self.content), step):
            piece = self.content[at:at + step]
            found.append({'content': [{'type': 'text', 'text': piece}] if 'parts' in self.quirks else piece})
        return found

    def chunks(self, dialect):
        """What stands after "data: " in each event"""
        wants_usage = self.wants_usage(dialect)
        on_last = wants_usage and dialect['usage'] == 'always'
        more = {'usage': None} if wants_usage and not on_last else {}
        found = [] if 'norole' in self.quirks else [self.delta({'role': 'assistant', 'content': ''}, **more)]
        for number, delta in enumerate(self.deltas()):
            found.append(self.delta(delta, **more))
            if 'usage-every' in self.quirks:
                found[-1]['usage'] = {**self.usage, 'completion_tokens': number + 1}
        if 'midstream' in self.quirks:
            code = int(self.quirks['midstream'] or 502)
            error = {'code': code, 'message': 'Provider disconnected unexpectedly'}
            half = found[:max(1, len(found) // 2)]
            return half + [{**self.delta({'content': ''}, 'error'), 'error': error} if 'bare' not in self.quirks else {'error': error}]
        if 'nochoices' in self.quirks:
            return [{**self.head('chat.completion.chunk'), 'choices': []}]
        found.append(self.delta({}, self.finish, **({'usage': self.usage} if on_last else more)))
        if wants_usage and not on_last:
            found.append({**self.head('chat.completion.chunk'), 'choices': [], 'usage': self.usage})
        return found


def event_bytes(chunks, dialect, quirks):
    """One piece of bytes for each event"""
    end = {'crlf': '\r\n', 'cr': '\r'}.get(next((each for each in ('crlf', 'cr') if each in quirks), ''), '\n')
    found = []
    comment = dialect.get('comments') or (': keep-alive' if 'comments' in quirks else None)
    if comment:
        found += [comment + end + end] * 2
    if 'retryline' in quirks:
        found.append(f'retry: 1000{end}{end}')
    for number, each in enumerate(chunks):
        many = 'lines' in quirks
        text = json.dumps(each, ensure_ascii='escape' in quirks, indent=1 if many else None)
        space = '' if 'nospace' in quirks else ' '
        event = f'event: message{end}id: {number}{end}' if 'named' in quirks else ''
        found.append(event + ''.join(f'data:{space}{line}{end}' for line in text.split('\n')) + end)
        if comment and number % 5 == 4:
            found.append(comment + end + end)
        if 'junk' in quirks and number % 3 == 1:
            found.append(f'data: not json{end}{end}nonsense{end}data{end}{end}')
    if 'nodone' not in quirks and 'noend' not in quirks:
        found.append(f'data: [DONE]{end}{end}')
    if 'noend' in quirks:
        found[-1] = found[-1].rstrip('\r\n')
    if 'bom' in quirks and 'bomstream' in quirks:
        found[0] = '\ufeff' + found[0]
    return [each.encode('utf-8', 'surrogatepass').replace('\ue000'.encode(), b'\xff\xc3\x28\xed\xa0\x80') for each in found]


# --- Faults on purpose ------------------------------------------------------------

def retry_headers(quirks, value):
    value = quirks.get('retry', value)
    if value is None:
        return []
    if value.startswith('date'):
        at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=int(value[4:].lstrip(':') or 2))
        value = email.utils.format_datetime(at, usegmt=True)
    return [('Retry-After', value)]


def faults(dialect, quirks, body):
    """Raises what the address asks for; body: of the request as JSON, or None"""
    if 'nokey' in quirks:
        raise Refusal(401, dialect['key_words'], kind='authentication_error')
    if 'nobalance' in quirks:
        status, words, code = dialect['balance']
        raise Refusal(status, words, kind='insufficient_quota', code=code)
    if 'ratelimit' in quirks:
        raise Refusal(429, 'Rate limit reached for requests', kind='rate_limit_error', code='1302' if dialect['name'] == 'glm' else None,
                      headers=retry_headers(quirks, quirks['ratelimit'] or None))
    if 'err' in quirks:
        status = int(quirks['err'] or 500)
        words = {400: 'Bad request.', 402: 'Insufficient Balance', 403: 'You are not allowed to use this model.', 404: 'Not found',
                 408: 'Request timeout', 413: 'Request too large', 429: 'Too many requests', 500: 'Internal server error',
                 503: 'The server is overloaded or not ready yet.', 504: 'Gateway timeout', 529: 'Overloaded'}
        raise Refusal(status, words.get(status, 'Something went wrong'), kind='server_error', headers=retry_headers(quirks, None))
    if not isinstance(body, dict):
        return
    form = body.get('response_format')
    kind = form.get('type') if isinstance(form, dict) else None
    if 'noformat' in quirks and kind is not None and quirks['noformat'] in ('', kind):
        raise Refusal(400, f"Unsupported parameter: response_format of type '{kind}' is not supported with this model.",
                      param='response_format')
    for name in (quirks.get('noparam') or '').split(','):
        if name and name in body:
            raise Refusal(400, f"Unsupported parameter: '{name}' is not supported with this model.", param=name,
                          code='unsupported_parameter')
    if 'context' in quirks:
        raise Refusal(400, "This model's maximum context length is 4096 tokens. However, your messages resulted in 9999 tokens.",
                      param='messages', code='context_length_exceeded')
    if 'filtered' in quirks:
        raise Refusal(400, 'Input data may contain inappropriate content.', code='data_inspection_failed')


# --- The server ---------------------------------------------------------------------

class Handler(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    server_version, sys_version = 'models', ''
    disable_nagle_algorithm = True

    def log_message(self, *args):
        pass

    @property
    def state(self):
        return self.server.state

    def do_GET(self):
        self.run_one()

    do_POST = do_PUT = do_DELETE = do_HEAD = do_GET

    def run_one(self):
        raw = self.rfile.read(int(self.headers.get('Content-Length') or 0)) if not self.is_chunked() else self.read_chunked()
        name, self.quirks, self.tail = parse_path(self.path, self.server.root)
        self.sent, self.status, self.whole_path = 0, 0, self.path
        self.dialect = DIALECTS.get(name)
        self.record(raw)
        gone = False
        try:
            if self.dialect is None:
                self.answer_json(404, {'error': {'message': f'no dialect {name}'}})
            else:
                self.once(raw)
                self.dispatch(raw)
        except Refusal as refusal:
            self.answer_refusal(refusal)
        except (Gone, ConnectionError):
            gone = self.close_connection = True
        finally:
            with self.state.lock:
                self.state.in_flight -= 1
                self.state.write(self.state.ends, {'n': self.n, 'status': self.status, 'bytes': self.sent, 'gone': gone})

    def is_chunked(self):
        return (self.headers.get('Transfer-Encoding') or '').lower() == 'chunked'

    def read_chunked(self):
        found = b''
        while True:
            size = int(self.rfile.readline().split(b';')[0], 16)
            data = self.rfile.read(size)
            self.rfile.readline()
            if size == 0:
                return found
            found += data

    def record(self, raw):
        entry = {'method': self.command, 'path': self.path, 'headers': dict(self.headers.items())}
        try:
            entry['body'] = raw.decode('utf-8')
        except UnicodeDecodeError:
            entry['body_base64'] = base64.b64encode(raw).decode()
        entry['pictures'] = [look(data) for data in self.find_pictures(raw)]
        with self.state.lock:
            self.state.n += 1
            self.state.in_flight += 1
            self.n = self.state.n
            self.state.write(self.state.log, {'n': self.n, 'at': time.time(), 'in_flight': self.state.in_flight, **entry})

    def find_pictures(self, raw):
        if (self.headers.get('Content-Type') or '').startswith('multipart/'):
            try:
                return [data for _, file, _, data in model_pictures.read_multipart(raw, self.headers) if file]
            except (Refusal, ValueError):
                return []
        found = []
        for match in re.finditer(rb'(?:base64,|"data"\s*:\s*")([A-Za-z0-9+/=\\]{40,})', raw):
            try:
                found.append(base64.b64decode(match[1].replace(b'\\/', b'/'), validate=True))
            except ValueError:
                pass
        return found

    def once(self, raw):
        """Quirks that only the first requests meet: of the same body (fail=N:CODE), or at this address (first=N:QUIRK~VALUE)"""
        if 'fail' in self.quirks:
            most, _, code = self.quirks['fail'].partition(':')
            if self.state.count(self.path, hashlib.sha256(raw).hexdigest()) <= int(most or 1):
                self.quirks['err'] = code or '503'
        if 'first' in self.quirks and self.command == 'POST':
            most, _, quirk = self.quirks['first'].partition(':')
            if self.state.count(self.path) <= int(most or 1):
                key, _, value = quirk.partition('~')
                self.quirks[key] = value

    # What is answered

    def dispatch(self, raw):
        quirks, name = self.quirks, self.dialect['name']
        if 'redirect' in quirks and 'result' not in self.tail:
            where = quirks['redirect'] or 'http://evil.invalid/v1'
            self.answer(307, 'text/plain', b'', [('Location', where if ':' in where else f'/{where}{self.tail}')])
        elif 'hang' in quirks and quirks['hang'] == '':
            self.hang()
        elif 'html' in quirks and '/result/' not in self.tail:
            self.answer(int(quirks['html'] or 200), 'text/html', HTML.format(quirks['html'] or 200, 'Gateway').encode())
        elif self.tail.endswith('/models') and self.command == 'GET' and '/api/' not in self.tail:
            self.answer_models()
        elif self.tail.endswith('/api/tags') and name == 'ollama':
            self.answer_json(200, {'models': [{'name': each, 'model': each, 'size': 6100000000, 'details': {
                'family': each.split(':')[0], 'parameter_size': '8B', 'quantization_level': 'Q4_K_M'}} for each in self.models()]})
        elif self.tail.endswith('/api/show') and name == 'ollama':
            self.answer_json(200, {'capabilities': ['completion'] if 'blind' in quirks else ['completion', 'vision']})
        elif self.tail.endswith('/api/version') and name == 'ollama':
            self.answer_json(200, {'version': '0.20.1'})
        elif self.tail.endswith(('/api/v1/models', '/api/v0/models')) and name == 'lmstudio':
            self.answer_json(200, {'models': [
                {'type': 'llm', 'key': each, 'display_name': each, 'capabilities': {'vision': 'blind' not in quirks}}
                for each in self.models()] + [{'type': 'embedding', 'key': 'text-embedding-nomic-embed-text-v1.5'}]})
        elif self.tail.endswith('/props') and name == 'llamacpp':
            self.answer_json(200, {'modalities': {'vision': 'blind' not in quirks, 'audio': False}, 'total_slots': 2,
                                   'model_path': '/models/' + self.models()[0], 'chat_template': ''})
        elif self.tail.endswith('/chat/completions') and self.command == 'POST':
            self.answer_chat(raw)
        elif '/result/' in self.tail:
            self.answer_result()
        elif '/tasks/' in self.tail and name == 'dashscope-async':
            self.answer_task()
        elif name in model_pictures.READERS and self.command == 'POST' and self.is_edit_path(name):
            self.answer_edit(raw)
        else:
            raise Refusal(404, f'Invalid URL ({self.command} {self.tail})')

    def is_edit_path(self, name):
        return re.search({'openai-edit-json': '/images/edits$', 'openai-edit-multipart': '/images/edits$',
                          'qwen-edit': '/services/aigc/multimodal-generation/generation$',
                          'dashscope-async': '/services/aigc/[a-z0-9-]+/[a-z-]+$', 'seedream': '/images/generations$',
                          'gemini-image': '/models/[^/]+:generateContent$'}[name], self.tail)

    def models(self):
        if 'models' in self.quirks:
            return [each for each in self.quirks['models'].split(',') if each]
        return list(self.dialect['models'])

    def answer_models(self):
        check_key(self.dialect, self.headers)
        faults(self.dialect, self.quirks, None)
        self.answer_json(200, {'object': 'list', 'data': [
            {'id': each, 'object': 'model', 'created': 1790000000, 'owned_by': 'somebody'} for each in self.models()]})

    def answer_chat(self, raw):
        check_key(self.dialect, self.headers)
        try:
            faults(self.dialect, self.quirks, json.loads(raw))
        except ValueError:
            pass
        body, pictures, bound = check_chat(self.dialect, raw, 'blind' in self.quirks)
        if 'err200' in self.quirks:
            refusal = Refusal(int(self.quirks['err200'] or 402), 'Insufficient credits', code=None)
            self.answer_json(200, self.shape(refusal))
            return
        reply = Reply(self.dialect['name'], body, pictures, bound, self.quirks)
        if body.get('stream') and 'nostream' not in self.quirks:
            self.answer_pieces(200, 'text/event-stream; charset=utf-8',
                               event_bytes(reply.chunks(self.dialect), self.dialect, self.quirks))
        else:
            self.answer_json(200, reply.whole())

    def answer_edit(self, raw):
        name, quirks = self.dialect['name'], self.quirks
        check_key(self.dialect, self.headers)
        faults(self.dialect, quirks, {})
        body, given, _, size = model_pictures.READERS[name](raw, self.headers)
        if 'err200' in quirks:
            self.answer_json(200, self.shape(Refusal(int(quirks['err200'] or 402), 'Insufficient credits')))
            return
        made = [model_pictures.result_picture(given[0] if given else None, size, quirks)
                for _ in range(int(quirks.get('count') or 1))]
        key = self.state.keep(made)
        self.answer_json(200, model_pictures.answer(name, body, made, lambda number: self.result_address(key, number), key, quirks))

    def result_address(self, key, number):
        first = self.path.lstrip('/').split('/', 1)[0]
        return f'http://127.0.0.1:{self.server.server_port}/{first}/result/{key}/{number}.png'

    def answer_task(self):
        check_key(self.dialect, self.headers)
        key = self.tail.rsplit('/', 1)[1]
        if key not in self.state.files:
            self.answer_json(200, {'output': {'task_id': key, 'task_status': 'UNKNOWN'}, 'request_id': 'r-3'})
            return
        urls = [self.result_address(key, number) for number in range(len(self.state.files[key]))]
        self.answer_json(200, model_pictures.task_answer(key, self.state.count('task', key), urls, self.quirks))

    def answer_result(self):
        match = re.search(r'/result/([0-9a-f]+)/(\d+)\.png$', self.tail)
        kind = self.quirks.get('result', '')
        if match is None or match[1] not in self.state.files or kind == '404':
            self.answer(404, 'application/xml', b'<Error><Code>NoSuchKey</Code></Error>')
        elif kind == 'redirect':
            self.answer(302, 'text/plain', b'', [('Location', 'http://evil.invalid/p.png')])
        elif kind == 'hang':
            self.hang()
        elif kind == 'large':
            self.answer_pieces(200, 'image/png', (bytes(1 << 20) for _ in range(400)))
        else:
            data = self.state.files[match[1]][int(match[2])]
            found = measure(data)
            types = {'html': 'text/html', 'svg': 'image/svg+xml', 'wrong-type': 'text/plain', 'octets': 'application/octet-stream'}
            self.answer(200, types.get(kind) or (found[0] if found else 'image/png'), data)

    def shape(self, refusal):
        return SHAPES.get(self.quirks.get('shape'), self.dialect['error'])(refusal)

    def answer_refusal(self, refusal):
        shape = self.quirks.get('shape')
        if shape == 'html':
            self.answer(refusal.status, 'text/html', HTML.format(refusal.status, 'Error').encode(), refusal.headers)
        elif shape in ('text', 'empty'):
            self.answer(refusal.status, 'text/plain', refusal.message.encode() if shape == 'text' else b'', refusal.headers)
        else:
            self.answer_json(refusal.status, self.shape(refusal), refusal.headers)

    def answer_json(self, status, value, headers=()):
        text = json.dumps(value, ensure_ascii='escape' in self.quirks).encode('utf-8', 'surrogatepass')
        self.answer(status, 'application/json', text.replace('\ue000'.encode(), b'\xff\xc3\x28'), headers)

    # How it goes out

    def answer(self, status, kind, data, headers=()):
        self.status = status
        if 'gzip' in self.quirks:
            data, headers = gzip.compress(data), [*headers, ('Content-Encoding', 'gzip')]
        if 'cut-clean' in self.quirks:
            data = data[:int(self.quirks['cut-clean'])]
        try:
            self.send_response(status)
            self.send_header('Content-Type', kind)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header('Content-Length', str(len(data)))
            self.end_headers()
            if self.command != 'HEAD':
                self.pour([data], lambda piece: piece)
        except ConnectionError:
            self.close_connection = True

    def answer_pieces(self, status, kind, pieces):
        self.status = status
        if 'gzip' in self.quirks:
            pieces = [gzip.compress(b''.join(pieces))]
        self.send_response(status)
        self.send_header('Content-Type', kind)
        if 'gzip' in self.quirks:
            self.send_header('Content-Encoding', 'gzip')
        closes = 'unframed' in self.quirks
        self.send_header('Connection' if closes else 'Transfer-Encoding', 'close' if closes else 'chunked')
        self.close_connection = self.close_connection or closes
        self.end_headers()
        self.pour(pieces, (lambda piece: piece) if closes else (lambda piece: b'%x\r\n%s\r\n' % (len(piece), piece)))
        if not closes:
            self.wfile.write(b'0\r\n\r\n')

    def pour(self, pieces, frame):
        """Piece by piece, as far and as fast as the quirks say"""
        most = [int(self.quirks[each] or 0) for each in ('cut', 'cut-clean', 'hang', 'reset') if each in self.quirks]
        step, slow = int(self.quirks.get('bytes') or 0), int(self.quirks.get('slow') or 0)
        for piece in pieces:
            for part in ([piece[at:at + step] for at in range(0, len(piece), step)] if step else [piece]):
                if most:
                    part = part[:most[0] - self.sent]
                if part:
                    self.wfile.write(frame(part))
                    self.sent += len(part)
                if most and self.sent >= most[0]:
                    self.stop_here()
                    return
            if slow:
                self.wait(slow / 1000)

    def stop_here(self):
        if 'hang' in self.quirks:
            self.hang()
        if 'cut-clean' in self.quirks:
            return
        if 'reset' in self.quirks:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.close_connection = True
        self.wfile.flush()
        if 'cut' in self.quirks:
            self.connection.shutdown(socket.SHUT_RDWR)
        raise Gone

    def wait(self, seconds):
        """Until then, unless the client leaves"""
        ready, _, _ = select.select([self.connection], [], [], seconds)
        if ready and self.connection.recv(1, socket.MSG_PEEK) == b'':
            raise Gone

    def hang(self):
        self.wait(LONGEST_HANG)
        raise Gone


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--port', type=int, default=0)
    parser.add_argument('--log')
    parser.add_argument('--root', help='dialect and quirks of addresses that name none')
    parser.add_argument('--with-input', action='store_true', help='end when standard input does')
    options = parser.parse_args()
    server = Server(('127.0.0.1', options.port), Handler)
    server.state, server.root = State(options.log), options.root
    print(f'PORT {server.server_port}', flush=True)
    if options.with_input:
        threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
    server.serve_forever()


if __name__ == '__main__':
    main()
