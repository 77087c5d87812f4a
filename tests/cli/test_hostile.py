#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that answer as none should: what came is used or said in a sentence,
what it may have cost is booked, and a key goes nowhere else."""

import gzip
import json
import os
import signal
import subprocess
import time

from cs_cli import Library, check, environment, equal, main, photo
from hostile_server import Server, delta, events, send, whole

KEY = 'sk-for-this-house-alone-4711'
TEXTS = json.dumps({'titles': [{'text': 'Handwoven bamboo basket 28 cm', 'facts': [1]}],
                    'description': [{'text': 'A handwoven bamboo basket, 28 cm.', 'facts': [1]}]})
MIB = 1 << 20
# What the request was reckoned to cost at most: about 3000 tokens that come back at 10 a million
ESTIMATE = 40000


def answer(body, *more):
    return lambda connection, request: send(connection, body, *more)


def usage(text):
    return answer(json.dumps(whole(TEXTS))[:-1] + f',"usage":{text}' + '}')


def stream(piece):
    """Writes for ever"""
    def endless(connection, request):
        connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n')
        for _ in range(100000):
            connection.sendall(events(piece, done=False).encode())
    return endless


def drip(connection, request):
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n')
    for _ in range(6000):
        connection.sendall(b': still thinking\n\n')
        time.sleep(0.02)


def huge(connection, request):
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n'
                       b'{"choices":[{"index":0,"message":{"content":"')
    for _ in range(100):
        connection.sendall(b'x' * MIB)


def raw(data):
    return lambda connection, request: connection.sendall(data)


# name → (what it answers, state, requests, words of the sentence; None where it is used)
CASES = {
    'parts': (answer(whole([{'type': 'text', 'text': TEXTS[:20]}, {'type': 'image_url', 'image_url': {'url': 'file:///etc/passwd'}},
                            {'type': 'text', 'text': TEXTS[20:]}])), 'answered', 1, None),
    'two-turned-round': (answer({'choices': [
        {'index': 1, 'message': {'content': '{"titles":["Another"]}'}, 'finish_reason': 'stop'},
        {'index': 0, 'message': {'content': TEXTS}, 'finish_reason': 'stop'}]}), 'answered', 1, None),
    'usage-missing': (answer(whole(TEXTS)), 'answered', 1, None),
    'usage-negative': (usage('{"prompt_tokens":-5,"completion_tokens":-100000}'), 'answered', 1, None),
    'usage-huge': (usage('{"prompt_tokens":99999999999999999999999,"completion_tokens":1e308}'), 'answered', 1, None),
    'usage-nan': (usage('{"prompt_tokens":NaN,"completion_tokens":-Infinity}'), 'answered', 1, None),
    'usage-beyond': (usage('{"prompt_tokens":1e999,"completion_tokens":"inf"}'), 'answered', 1, None),
    'usage-other': (usage('[true,{"a":1}]'), 'answered', 1, None),
    'zero-escaped': (answer(whole(TEXTS.replace('basket', 'bas\\u0000ket'))), 'answered', 1, None),
    'zero-streamed': (answer(events(delta(TEXTS)).encode().replace(b'bamboo', b'bam\0boo'), '200 OK', 'text/event-stream'),
                      'answered', 1, None),
    'twice': (answer('{"choices":[],"choices":[{"index":0,"message":{"content":"x","content":%s},"finish_reason":"stop"}]}'
                     % json.dumps(TEXTS)), 'answered', 1, None),
    'zero': (answer(b'{"choices":[{"index":0,"message":{"content":"a\0b"},"finish_reason":"stop"}]}'), 'failed', 1, 'no model server'),
    'utf-16': (answer(json.dumps(whole(TEXTS)).encode('utf-16')), 'failed', 1, 'no model server'),
    'other-interface': (answer({'output': [{'content': [{'text': TEXTS}]}], 'usage': {'input_tokens': 1000, 'output_tokens': 900}}),
                        'failed', 1, 'no model server'),
    'empty': (answer(b''), 'failed', 1, 'no model server'),
    'page': (answer('<html>Sign in to the network</html>', '200 OK', 'text/html'), 'refused', 1, 'no model server'),
    'huge': (huge, 'failed', 1, 'no model server'),
    'bomb': (answer(gzip.compress(b'{"choices":[{"message":{"content":"' + b' ' * (100 * MIB)), '200 OK', 'application/json',
                    'Content-Encoding: gzip'), 'failed', 1, 'no model server'),
    'bomb-refusing': (answer(gzip.compress(b'{"error":{"message":"' + b'A' * (100 * MIB)), '400 Bad Request', 'application/json',
                             'Content-Encoding: gzip'), 'refused', 1, 'did not understand'),
    'garbage-in-chunks': (raw(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZZ\r\n{"a":1}\r\n-5\r\nxx\r\n'), 'failed', 1, ''),
    'deep': (answer('{"choices":' * 100000), 'failed', 1, 'no model server'),
    'deep-written': (answer(whole('['*100000)), 'answered', 2, 'cannot be read'),
    'deep-refusing': (answer('{"error":' * 100000 + '1' + '}' * 100000, '400 Bad Request'), 'refused', 1, 'did not understand'),
    'numbers': (answer(whole('{"titles":[1e999, -1e999, 12345678901234567890123],"description":1e999}')), 'answered', 2, 'cannot be read'),
    'calls': (answer({'choices': [{'index': 0, 'message': {'role': 'assistant', 'content': None, 'tool_calls': [
        {'id': '1', 'type': 'function', 'function': {'name': 'approve', 'arguments': TEXTS}}]}, 'finish_reason': 'tool_calls'}]}),
        'failed', 3, 'answered with nothing'),
    'thoughts-alone': (answer(events(delta(reasoning_content=TEXTS), delta(finish='stop')), '200 OK', 'text/event-stream'),
                       'failed', 3, 'answered with nothing'),
    'no-http': (raw(b'SSH-2.0-OpenSSH\r\n'), 'lost', 2, 'broke off'),
    'heads': (raw(b'HTTP/1.1 200 OK\r\n' + b'X-A: ' + b'b' * 200000 + b'\r\n\r\n{}'), 'lost', 2, 'broke off'),
    'closed': (raw(b''), 'lost', 2, 'broke off'),
    'told-back': (answer({'error': {'message': f'\x1b[2J\x1b]0;x\x07\u202eevil {KEY}'}}, '400 Bad Request'), 'refused', 1, 'did not understand'),
}


class Desk(Library):
    def __init__(self, n=1):
        super().__init__()
        self.products = []
        for number in range(n):
            self.put(f'b{number}/IMG_1.png', photo(number, 120, 90))
            product = str(self.lines('import', os.path.join(self.photos, f'b{number}'))[0]['products'][0])
            self.run('note', product, f'Handwoven bamboo basket, {28 + number} cm')
            self.products.append(product)

    def point(self, server, name):
        """The one model at another address, which was agreed to"""
        verb = ('add', 'custom', '--model', 'm', '--price-in', '1', '--price-out', '10', '--currency', 'CNY') \
            if not self.lines('engine', 'list') else ('change', 'custom')
        self.run('engine', *verb, '--address', server.address(name), '--allow', 'text')

    def ask(self, *arguments, products=None):
        """Its run, and what was sent in it, oldest first"""
        before = len(self.lines('sent'))
        read, write = os.pipe()
        os.write(write, KEY.encode() + b'\n')
        os.close(write)
        try:
            run = self.run('suggest', *(products or self.products), '--engine', 'custom', '--key-fd', '0', *arguments,
                           expect=None, stdin=read)
        finally:
            os.close(read)
        for hidden in (KEY, '\x1b', '\u202e'):
            check(hidden not in run.out + run.err, repr(hidden), 'was shown')
        rows = self.lines('sent')
        return run, rows[:len(rows) - before][::-1]


def test_odd_answers():
    with Server({name: case[0] for name, case in CASES.items()}) as server, Desk() as library:
        for name, (_, state, n, words) in CASES.items():
            library.point(server, name)
            run, rows = library.ask()
            equal((name, [row['state'] for row in rows]), (name, [state] * n))
            equal((name, len(server.asked(name))), (name, n))
            if words is None:
                equal((name, run.returncode), (name, 0))
                check('1 product done' in run.out, name, run.out)
            else:
                equal((name, run.returncode), (name, 1))
                check(words in run.err, name, run.err)
            for row in rows:
                check(row['cost_micros'] > 0 or state == 'refused', name, 'was not booked')
        equal([each for each in server.asked() if each['headers'].get('authorization') != f'Bearer {KEY}'], [])


def test_nobody_is_sent_on():
    def to(place):
        return answer(b'', '307 Temporary Redirect', 'text/plain', f'Location: {place}')

    with Server() as other, Desk() as library:
        far = f'http://localhost:{other.port}/v1/chat/completions'
        with Server({'far': to(far), 'file': to('file:///etc/passwd'), 'found': answer(b'', '302 Found', 'text/plain', f'Location: {far}')}) as server:
            for name in ('far', 'file', 'found'):
                library.point(server, name)
                run, rows = library.ask()
                equal((run.returncode, [row['state'] for row in rows]), (1, ['refused']))
                check('another address' in run.err, run.err)
            equal(other.requests, [])


def test_it_ends_in_time():
    """Who writes for ever is left, and paid for as far as it was read"""
    with Server({'words': stream(delta('word ' * 20)), 'thoughts': stream(delta(reasoning_content='word ' * 20)),
                 'titles': stream(delta('{"titles":["Handwoven bamboo basket 28 cm"],"description":"A basket. ')),
                 'picky': stream(delta('word ' * 20))}) as server, Desk() as library:
        endless = server.answers['picky']

        def picky(connection, request):
            if 'max_tokens' in json.loads(request['body']):
                send(connection, {'error': {'message': 'Unsupported parameter: max_tokens', 'param': 'max_tokens'}}, '400 Bad Request')
            else:
                endless(connection, request)
        server.answers['picky'] = picky
        for name in ('words', 'thoughts', 'titles', 'picky'):
            library.point(server, name)
            _, rows = library.ask()
            for row in rows:
                check(row['cost_micros'] < 8 * ESTIMATE, name, row['cost_micros'], 'for what may cost', ESTIMATE)
            check(len(rows) <= 2, name, len(rows))
            if name == 'titles':
                check(rows[0]['suggestions'] > 0, 'what could be read of it was not used')
        costs = [row['cost_micros'] for row in rows if row['state'] != 'refused']
        check(costs and max(costs) < 2 * ESTIMATE, 'without a limit', costs)


def test_it_stops_while_it_drips():
    with Server({'drip': drip}) as server, Desk() as library:
        library.point(server, 'drip')
        running = subprocess.Popen(library.command('suggest', *library.products, '--engine', 'custom'), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
        end = time.monotonic() + 60
        while not server.asked():
            check(time.monotonic() < end)
            time.sleep(0.02)
        time.sleep(0.3)
        begun = time.monotonic()
        running.send_signal(signal.SIGINT)
        equal(running.wait(20), 130)
        check(time.monotonic() - begun < 2, 'it took', time.monotonic() - begun)


def test_what_is_the_same_for_all():
    """No money, no such model: said once, and the others stay to be gone on with"""
    with Server({'poor': answer({'error': {'message': 'Payment required'}}, '402 Payment Required'),
                 'gone': answer({'error': {'message': 'model not found', 'code': 'model_not_found'}}, '404 Not Found')}) as server, \
            Desk(5) as library:
        for name, words in (('poor', 'no money left'), ('gone', 'has no model')):
            library.point(server, name)
            run, _ = library.ask()
            equal(run.returncode, 1)
            check(words in run.err, run.err)
            # As many as may be on their way at a time
            check(len(server.asked(name)) <= 3, len(server.asked(name)), 'were asked')


if __name__ == '__main__':
    main([test for name, test in list(globals().items()) if name.startswith('test_')])
