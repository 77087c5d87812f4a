# SPDX-License-Identifier: GPL-3.0-or-later
"""How a shop can fail, for fault_shop.py."""

import email.utils
import json
import socket
import struct
import time
import zlib

HTML = b'<!DOCTYPE html><html><head><title>Sign in to this network</title></head><body>Welcome!</body></html>'
HUGE = 1 << 30
LONGEST_SILENCE = 30


class Answer:
    """What is to be said: a status, headers and a body"""

    def __init__(self, status, value=None, headers=None, body=None, kind='application/json; charset=UTF-8'):
        self.status, self.headers = status, dict(headers or {})
        self.body = body if body is not None else json.dumps(value, ensure_ascii=False).encode()
        self.headers.setdefault('Content-Type', kind)

    def head(self, length=None):
        lines = [f'HTTP/1.1 {self.status} Answer', f'Content-Length: {len(self.body) if length is None else length}']
        if not any(name.lower() == 'date' for name in self.headers):
            lines.append('Date: ' + time.strftime('%a, %d %b %Y %H:%M:%S GMT', time.gmtime()))
        lines += [f'{name}: {value}' for name, value in self.headers.items()]
        return ('\r\n'.join(lines) + '\r\n\r\n').encode('latin-1')


class Fault:
    """effect: whether what was asked for happens. answer: makes the answer, or
    spoils it (where there is an effect); NULL leaves it. way: how it is sent."""

    def __init__(self, effect, answer=None, way=None):
        self.effect, self.answer, self.way = effect, answer, way


def make(status, value=None, headers=None, body=None, kind='application/json'):
    def answer(shop, request, order, _=None):
        return Answer(status, value if value is not None else {'code': 'fault', 'message': 'As ordered', 'data': {'status': status}},
                      headers(shop, request, order) if callable(headers) else headers, body, kind)
    return answer


def spoil(how):
    def answer(shop, request, order, right):
        right.body = how(right.body)
        return right
    return answer


def wrong_types(body):
    """Numbers for strings, strings for lists, lists for objects"""
    def turn(value):
        if isinstance(value, dict):
            return {name: turn(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return 'a list' if value and not isinstance(value[0], dict) else [turn(inner) for inner in value]
        if isinstance(value, bool) or value is None:
            return []
        return [str(value)] if isinstance(value, (int, float)) else {'text': value}
    return json.dumps(turn(json.loads(body))).encode()


def away(shop, request, order):
    return {'Location': f'http://127.0.0.1:{shop.board.away.getsockname()[1]}{request.path}'}


def loop(shop, request, order):
    return {'Location': f'http://127.0.0.1:{shop.port}{request.path}'}


def skew(shop, request, order, right=None):
    return Answer(401, {'code': 'woocommerce_rest_authentication_error', 'message': 'Invalid timestamp.', 'data': {'status': 401}},
                  {'Date': email.utils.formatdate(time.time() + 3 * 3600, usegmt=True)})


INSIDE = {'code': 'internal_error', 'message': 'There has been a critical error.', 'data': {'status': 500}}

FAULTS = {
    # Nobody is there
    'refused': Fault(True),
    # Nothing happens
    'reset-before': Fault(False, way='reset'),
    'reset-in-body': Fault(False, way='reset-in-body'),
    'reset-after-body': Fault(False, make(200), 'reset'),
    'silent-before': Fault(False, make(200), 'silent'),
    '429': Fault(False, make(429)),
    '429-seconds': Fault(False, make(429, headers={'Retry-After': '2'})),
    '429-date': Fault(False, make(429, headers=lambda *_: {'Retry-After': email.utils.formatdate(time.time() + 2, usegmt=True)})),
    '500': Fault(False, make(500)),
    '502': Fault(False, make(502, body=b'<html>Bad Gateway</html>', kind='text/html')),
    '503': Fault(False, make(503)),
    '503-seconds': Fault(False, make(503, headers={'Retry-After': '1'})),
    '401': Fault(False, make(401, {'code': 'woocommerce_rest_cannot_create', 'message': 'Sorry', 'data': {'status': 401}})),
    'skew': Fault(False, skew),
    'captive': Fault(False, make(200, body=HTML, kind='text/html')),
    'error-inside': Fault(False, make(200, INSIDE)),
    'redirect-loop': Fault(False, make(302, headers=loop)),
    'redirect-away': Fault(False, make(307, headers=away)),
    # It happens, and nobody hears of it
    'reset-answer': Fault(True, way='reset'),
    'cut-answer': Fault(True, way='cut'),
    'silent-after': Fault(True, way='silent'),
    'drip': Fault(True, way='drip'),
    '500-after': Fault(True, make(500)),
    'captive-after': Fault(True, make(200, body=HTML, kind='text/html')),
    'truncated': Fault(True, spoil(lambda body: body[:len(body) * 2 // 3])),
    'invalid': Fault(True, spoil(lambda body: b'{"id": 7,, "\xff\xfe": ]')),
    'empty': Fault(True, spoil(lambda body: b'')),
    'wrong-types': Fault(True, spoil(wrong_types)),
    'huge': Fault(True, way='huge'),
    'bomb': Fault(True, way='bomb'),
    # It happens, and is not to be seen for a while
    'hidden': Fault(True),
}

# Those that do not read the whole request
BEFORE_ANSWER = {'reset-before', 'reset-in-body'}


def reset(connection):
    """A closed connection says "the end", this one says "broken\""""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    connection.close()


def wait_for_end(connection):
    """Until the client has had enough"""
    connection.settimeout(LONGEST_SILENCE)
    try:
        while connection.recv(4096):
            pass
    except OSError:
        pass


def send_huge(connection, answer):
    connection.sendall(answer.head(HUGE))
    chunk = b' ' * (1 << 20)
    for _ in range(HUGE // len(chunk)):
        connection.sendall(chunk)


def send_bomb(connection, answer):
    """A small answer that is a large one"""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    chunk = b' ' * (1 << 20)
    answer.body = b''.join(packer.compress(chunk) for _ in range(64)) + packer.flush()
    answer.headers['Content-Encoding'] = 'gzip'
    connection.sendall(answer.head() + answer.body)


def send_drip(connection, answer):
    connection.sendall(answer.head())
    for byte in answer.body:
        time.sleep(0.3)
        connection.sendall(bytes([byte]))


def play(connection, file, request, order, answer):
    """Sends the answer as the fault wants it. Whether the connection can be used any more."""
    way = FAULTS[order['fault']].way
    if way is None:
        connection.sendall(answer.head() + answer.body)
        return True
    if way == 'reset-in-body':
        file.read(min(request.length // 2, 4096))
        reset(connection)
    elif way == 'reset':
        reset(connection)
    elif way == 'silent':
        wait_for_end(connection)
    elif way == 'cut':
        connection.sendall(answer.head() + answer.body[:len(answer.body) // 2])
    else:
        {'huge': send_huge, 'bomb': send_bomb, 'drip': send_drip}[way](connection, answer)
    return False
