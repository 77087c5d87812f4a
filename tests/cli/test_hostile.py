#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that answer as none should: what came is used or said in a sentence,
what it may have cost is booked, and a key goes nowhere else."""

import base64
import gzip
import json
import os
import random
import shutil
import signal
import struct
import subprocess
import time
import zlib

from cs_cli import Library, Skip, check, environment, equal, main, photo
from hostile_server import Server, delta, events, send, whole

KEY = 'sk-for-this-house-alone-4711'
TEXTS = json.dumps({'titles': [{'text': 'Handwoven bamboo basket 28 cm', 'facts': [1]}],
                    'description': [{'text': 'A handwoven bamboo basket, 28 cm.', 'facts': [1]}]})
MIB = 1 << 20
# What the request was reckoned to cost at most: about 3000 tokens that come back at 10 a million
ESTIMATE = 40000


def shared(name):
    path = os.path.join(os.environ.get('CS_SHARED', ''), name)
    if not os.environ.get('CS_SHARED') or not os.path.exists(path):
        raise Skip(f'CS_SHARED has no {name}')
    return path


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

    def with_key(self, *arguments, **more):
        read, write = os.pipe()
        os.write(write, KEY.encode() + b'\n')
        os.close(write)
        try:
            run = self.run(*arguments, '--key-fd', '0', expect=None, stdin=read, **more)
        finally:
            os.close(read)
        for hidden in (KEY, '\x1b', '\u202e'):
            check(hidden not in run.out + run.err, repr(hidden), 'was shown')
        return run

    def ask(self):
        """Its run, and what was sent in it, oldest first"""
        before = len(self.lines('sent'))
        run = self.with_key('suggest', *self.products, '--engine', 'custom')
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


def test_a_key_that_is_said_again():
    """In a refusal, cut short in one, or as a text: it is on no screen and on no disk"""
    def saying(words):
        return lambda connection, request: words(connection, request['headers']['authorization'].split()[1])

    with Server({'refusal': saying(lambda to, key: send(to, {'error': {'message': f'Incorrect key: {key}'}}, '401 Unauthorized')),
                 'cut': saying(lambda to, key: send(to, {'error': {'message': 'x' * 280 + key}}, '400 Bad Request')),
                 'text': saying(lambda to, key: send(to, whole(TEXTS.replace('basket', f'basket {key}'))))}) as server, Desk() as library:
        for name in ('refusal', 'cut', 'text'):
            library.point(server, name)
            run, _ = library.ask()
            equal((name, run.returncode), (name, 0 if name == 'text' else 1))
            check(KEY[:14] not in run.out + run.err, run.err)
        found = subprocess.run(['grep', '-r', '-l', '-a', '-e', KEY[:14], library.folder], capture_output=True)
        equal(found.stdout, b'')


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


def slow(connection, request):
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n')
    for start in range(0, len(TEXTS), 12):
        connection.sendall(events(delta(TEXTS[start:start + 12]), done=False).encode())
        time.sleep(0.01)
    connection.sendall(events(delta(finish='stop')).encode())


def test_killed_at_any_moment():
    """Whatever the server got is booked, what is shown is stored, and what was answered is not asked again"""
    dice = random.Random(4)
    with Server({'slow': slow}) as server, Desk(20) as library:
        library.point(server, 'slow')
        kills = 0
        for _ in range(24):
            running = subprocess.Popen(library.command('suggest', *library.products, '--engine', 'custom'), stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
            time.sleep(dice.uniform(0.05, 0.7))
            kills += running.poll() is None
            running.send_signal(signal.SIGKILL)
            running.wait()
            check(len(library.lines('sent')) >= len(server.asked()))
            if kills == 20:
                break
        check(kills >= 10, 'it was killed', kills, 'times only')
        library.run('suggest', *library.products, '--engine', 'custom')
        rows, asked = library.lines('sent'), server.asked()
        check(sum(row['bytes'] for row in rows) >= sum(len(each['body']) for each in asked))
        check(all(row['cost_micros'] > 0 for row in rows), 'something was not booked')
        answered = [row['product'] for row in rows if row['state'] == 'answered']
        equal(sorted(answered), sorted(int(product) for product in library.products))
        paid = {row['id'] for row in rows if row['state'] == 'answered'}
        for product in library.products:
            shown = [row for row in library.lines('suggestions', product) if row.get('engine') == 'custom']
            check(shown and all(row['sent'] in paid for row in shown), product)
        equal(sum(row['cost_micros'] for row in rows), library.lines('engine', 'list')[0]['month_spent_micros'])
        library.run('suggest', *library.products, '--engine', 'custom')
        equal(len(server.asked()), len(asked))


def test_what_is_typed():
    with Desk(1) as library:
        library.run('engine', 'add', 'custom', '--model', 'm', '--address', 'HTTP://LocalHost:4711/V1/', '--price-in', '1 CNY',
                    '--price-out', '10', '--currency', 'CNY')
        equal(library.lines('engine', 'list')[0]['address'], 'http://localhost:4711/V1')
        for address in ('https://ex ample/v1', 'https://a"b/v1', 'https://a\\b/v1', 'https://a\x1bb/v1'):
            library.run('engine', 'change', 'custom', '--address', address, expect=1)
        for option in ('--month-budget', '--price-out'):
            refused = library.run('engine', 'change', 'custom', option, '5 USD', expect=None)
            check(refused.returncode != 0 and 'CNY' in refused.err, refused.err)
        refused = library.run('suggest', *library.products, '--engine', 'custom', '--budget', '5 USD', expect=2)
        check('CNY' in refused.err, refused.err)
        library.run('engine', 'change', 'custom', '--month-budget', '5 cny')
        equal(library.lines('engine', 'list')[0]['month_budget_micros'], 5000000)


def test_phrases_of_bytes():
    """Lines that are no text, and facts without an end"""
    with Library() as library:
        facts = library.put('facts.json', b'{"note": "Handwoven bamboo basket, 28 cm"}')
        lines = [b'\x80' * 100000, b'\xff' * 50000, '篮'.encode() * 30000, b'\x1b[2J28 cm', b'28 cm\0wide', b'Bamboo']
        run = subprocess.run(library.command('ground', '--facts', facts), input=b'\n'.join(lines) + b'\n', capture_output=True,
                             timeout=600, env=environment())
        equal((run.returncode, len(run.stdout.splitlines())), (0, len(lines)))
        equal([json.loads(line)['verdict'] for line in run.stdout.splitlines()][-2:], ['grounded', 'grounded'])
        check(b'\x1b' not in run.stdout)
        refused = library.run('ground', '--facts', '/dev/zero', expect=1)
        check('too long' in refused.err, refused.err)


def png(width, height, rows=None):
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

    rows = rows if rows is not None else (b'\0' + bytes((180, 200, 220)) * width) * height
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)) +
            chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b''))


def picture(data):
    return answer({'data': [{'b64_json': base64.b64encode(data).decode()}]})


def at(address):
    return answer({'data': [{'url': address}]})


def make_pictures(port, other):
    """name → (what it answers, is it booked, words of the sentence)"""
    here, far = f'http://127.0.0.1:{port}', f'http://localhost:{other}'
    strange, nowhere = 'an address that is not its own', 'not where it should be'
    useless, unusable = 'cannot be used', 'no picture that can be used'
    return {
        'dot': (picture(png(1, 1)), True, useless),
        'field': (picture(png(30000, 30000, b'\0' * 1000)), True, 'megapixels'),
        'bomb': (picture(png(30000, 30000, bytes(90001 * 1000))), True, 'megapixels'),
        'strip': (picture(png(64, 2000)), True, 'not of the shape'),
        'cut': (picture(png(1024, 1024)[:800]), True, useless),
        'svg': (picture(b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'), True, unusable),
        'page-in-it': (picture(b'<html>' * 10), True, unusable),
        'animated': (picture(b'GIF89a' + bytes(100)), True, unusable),
        'deep': (answer('{"data":' * 100000), True, 'no model server'),
        'words': (answer('It is done'), True, 'no model server'),
        'numbers': (answer('{"data":[{"b64_json":"%s"}],"usage":{"input_tokens":NaN}}' % base64.b64encode(png(64, 64)).decode()),
                    True, 'no model server'),
        'nothing': (answer({'data': []}), False, unusable),
        'page': (answer('<html>Sign in</html>', '200 OK', 'text/html'), False, 'no model server'),
        'poor': (answer({'error': {'message': 'x'}}, '402 Payment Required'), False, 'no money left'),
        'far': (at(f'{far}/x.png'), True, strange),
        'other-port': (at(f'http://127.0.0.1:{other}/x.png'), True, strange),
        'ftp': (at('ftp://127.0.0.1/x.png'), True, strange),
        'file': (at('file:///etc/passwd'), True, strange),
        'data': (at('data:image/png;base64,AAAA'), True, strange),
        'name': (at(f'http://me:word@127.0.0.1:{port}/x.png'), True, strange),
        'disguised': (at(f'http://127.0.0.1:{port}@evil.example/x.png'), True, strange),
        'loop': (at(f'{here}/loop/x.png'), True, nowhere),
        'GET loop': (answer(b'', '302 Found', 'text/plain', f'Location: {here}/loop/x.png'), True, ''),
        'on': (at(f'{here}/on/x.png'), True, nowhere),
        'GET on': (answer(b'', '302 Found', 'text/plain', f'Location: {far}/x.png'), True, ''),
        'right': (at(f'{here}/right/x.png'), True, None),
        'GET right': (answer(png(1024, 1024), '200 OK', 'image/png'), True, ''),
    }


def test_odd_pictures():
    model, hat = shared('models/u2netp.onnx'), shared('photos/Hat_79307c6e-cc11-422f-8b55-d01148cc94b3.jpg')
    with Server() as other, Server() as server, Desk(0) as library:
        cases = make_pictures(server.port, other.port)
        server.answers.update({name: case[0] for name, case in cases.items()})
        home = {'HOME': os.path.join(library.folder, 'home')}
        library.run('models', 'add', model, **home)
        shutil.copy(hat, library.photos)
        product = str(library.lines('import', library.photos)[0]['products'][0])
        library.run('suggest', product, **home)
        library.run('engine', 'add', 'openai-pictures', '--address', server.address('dot'), '--price-picture', '0.2', '--currency', 'CNY')
        for name, (_, booked, words) in cases.items():
            if name.startswith('GET'):
                continue
            library.run('engine', 'change', 'openai-pictures', '--address', server.address(name), '--allow', 'photos')
            run = library.with_key('suggest', product, '--engine', 'openai-pictures', '--scene', 'a table', **home)
            rows = library.lines('sent')
            equal((name, run.returncode), (name, 0 if words is None else 1))
            check(words is None or words in run.err, name, run.err)
            equal((name, rows[0]['cost_micros'], rows[0]['address']), (name, 200000 if booked else 0, server.address(name)))
        equal(other.requests, [])
        equal({each['headers'].get('authorization') for each in server.requests if each['method'] == 'GET'}, {None})
        equal({each['headers'].get('authorization') for each in server.asked()}, {f'Bearer {KEY}'})


if __name__ == '__main__':
    main([test for name, test in list(globals().items()) if name.startswith('test_')])
