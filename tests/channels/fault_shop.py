#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shops on this computer that speak as WooCommerce does, and fail as they are told to.

    fault_shop.py FOLDER [--shops N] [--with-input]

Its first line is "CONTROL n", the port of the switchboard; then one "SHOP i PORT"
for each shop. Each shop has an address of its own, http://127.0.0.1:PORT, and
keeps what it is in FOLDER/shop-I.db, so that it goes on where it was when it is
started again on the same folder. With --with-input it ends when its standard
input does.

The switchboard answers JSON:

    POST /SHOP/fault     {"fault": NAME, "about": REGEX of "METHOD path", or "at": which
                         request from now (1 is the next), "times": 1, "seconds": …}
    POST /SHOP/calm      no faults any more, and the door is open
    POST /SHOP/config    {"hidden": seconds before what was created is to be found,
                         "per_second": more than so many are counted as too many,
                         "password": the only one that is good from now on,
                         "currency", "title"}
    POST /SHOP/edit      {"id", …}: as if somebody else had changed it there
    POST /SHOP/put       {…}: as if somebody else had added it there
    POST /SHOP/term      {"kind": "categories", "name", "under": a name or null}: one more of them
    GET  /SHOP/state     {"products": […], "media": […], "too_many", "busiest"}
    GET  /SHOP/requests  what came, in order, each with the SHA-256 of its body
    GET  /SHOP/visitors  what came to the host that a redirect names

What a fault is called and does is in FAULTS (fault_shop_faults.py), and what a
shop answers in fault_shop_rest.py.
"""

import argparse
import base64
import hashlib
import hmac
import json
import os
import re
import selectors
import socket
import sqlite3
import sys
import threading
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from fault_shop_faults import BEFORE_ANSWER, FAULTS, Answer, play  # noqa: E402
from fault_shop_rest import Refusal, Rest  # noqa: E402

KEY, SECRET = 'ck_0123456789abcdef', 'cs_0123456789abcdef'
USER, PASSWORD = 'seller', 'abcd efgh ijkl mnop qrst uvwx'
LONGEST_HEAD = 64 * 1024


def quote(text):
    return urllib.parse.quote(text, safe='-._~')


def is_signed(request):
    """OAuth 1.0a with one leg (RFC 5849), in the query or in the header, as WooCommerce takes it"""
    pairs = urllib.parse.parse_qsl(request.query, keep_blank_values=True)
    header = request.headers.get('authorization', '')
    if header.startswith('OAuth '):
        for part in header[6:].split(','):
            name, _, value = part.strip().partition('=')
            if name != 'realm':
                pairs.append((urllib.parse.unquote(name), urllib.parse.unquote(value.strip('"'))))
    said = dict(pairs)
    digest = {'HMAC-SHA1': hashlib.sha1, 'HMAC-SHA256': hashlib.sha256}.get(said.get('oauth_signature_method'))
    if digest is None or said.get('oauth_consumer_key') != KEY:
        return False
    plain = sorted((quote(k), quote(v)) for k, v in pairs if k != 'oauth_signature')
    base = '&'.join([request.method, quote(f'http://{request.headers.get("host", "")}{request.raw_path}'),
                     quote('&'.join(f'{k}={v}' for k, v in plain))])
    made = base64.b64encode(hmac.new(f'{SECRET}&'.encode(), base.encode(), digest).digest()).decode()
    if abs(time.time() - int(said.get('oauth_timestamp') or 0)) > 15 * 60:
        return False
    return hmac.compare_digest(made, said.get('oauth_signature', ''))


def who_is(request, good=PASSWORD):
    """"basic" with an application password, "oauth" with key and secret, "" where nobody we know"""
    header = request.headers.get('authorization', '')
    if header.startswith('Basic '):
        try:
            pair = base64.b64decode(header[6:]).decode()
        except ValueError:
            return ''
        user, _, password = pair.partition(':')
        # Key and secret are taken so over https only, which this is not
        return 'basic' if (user, password.replace(' ', '')) == (USER, good.replace(' ', '')) else ''
    return 'oauth' if is_signed(request) else ''


class Request:
    """One request as it was read from a connection"""

    def __init__(self, method, target, headers):
        self.method, self.headers, self.body = method, headers, b''
        self.raw_path, _, self.query = target.partition('?')
        self.path = urllib.parse.unquote(self.raw_path)
        self.args = dict(urllib.parse.parse_qsl(self.query, keep_blank_values=True))
        self.length = int(headers.get('content-length') or 0)

    def json(self):
        try:
            return json.loads(self.body or b'{}')
        except ValueError as error:
            raise Refusal(400, 'rest_invalid_json', 'Invalid JSON body passed.') from error


class Gone(Exception):
    """The client has left"""


def read_request(file):
    head = []
    while True:
        line = file.readline(LONGEST_HEAD)
        if not line:
            raise Gone
        if line in (b'\r\n', b'\n'):
            if head:
                break
            continue
        head.append(line.decode('latin-1').rstrip('\r\n'))
    method, target, _ = head[0].split(' ', 2)
    headers = {}
    for line in head[1:]:
        name, _, value = line.partition(':')
        headers[name.strip().lower()] = value.strip()
    return Request(method, target, headers)


def read_body(file, request):
    if request.headers.get('transfer-encoding', '').lower() == 'chunked':
        parts = []
        while (size := int(file.readline(64).split(b';')[0] or b'0', 16)):
            parts.append(file.read(size))
            file.readline(8)
        file.readline(8)
        request.body = b''.join(parts)
    elif request.length:
        request.body = file.read(request.length)
        if len(request.body) != request.length:
            raise Gone


class Shop:
    """One shop: its door, its faults and what it keeps"""

    def __init__(self, board, number, folder):
        self.board, self.number = board, number
        self.lock = threading.RLock()
        self.db = sqlite3.connect(folder / f'shop-{number}.db', check_same_thread=False, isolation_level=None)
        self.db.executescript("""
            PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;
            CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT);
            CREATE TABLE IF NOT EXISTS request (n INTEGER PRIMARY KEY, at REAL, method TEXT, path TEXT, query TEXT,
              body TEXT, length INTEGER, who TEXT, fault TEXT, status INTEGER, effect TEXT);
            """)
        self.orders, self.config = [], self.kept('config', {})
        self.rest = Rest(self)
        self.n = self.db.execute('SELECT coalesce(max(n), 0) FROM request').fetchone()[0]
        self.times, self.busiest, self.too_many = [], 0, 0
        self.door, self.port = None, self.kept('port', 0)
        self.open()
        self.keep('port', self.port)

    def kept(self, name, standard):
        row = self.db.execute('SELECT value FROM kept WHERE name = ?', (name,)).fetchone()
        return json.loads(row[0]) if row else standard

    def keep(self, name, value):
        self.db.execute('INSERT OR REPLACE INTO kept VALUES (?, ?)', (name, json.dumps(value)))

    def open(self):
        with self.lock:
            if self.door is None:
                self.door = self.board.listen(self.port, self.serve)
                self.port = self.door.getsockname()[1]

    def close(self, seconds):
        """From now on whoever comes is turned away by the kernel"""
        with self.lock:
            if self.door is not None:
                self.board.forget(self.door)
                self.door = None
        if seconds:
            timer = threading.Timer(seconds, self.open)
            timer.daemon = True
            timer.start()

    def order(self, what):
        if what['fault'] not in FAULTS:
            raise ValueError(f'no fault {what["fault"]}')
        with self.lock:
            at = what.get('at')
            if what['fault'] == 'refused' and at == 1:
                self.close(what.get('seconds', 1))
                return
            self.orders.append({'seconds': 1, 'times': 1, **what, 'at': self.n + at if at else None})

    def calm(self):
        with self.lock:
            self.orders.clear()
        self.open()

    def take(self, n, line):
        """The fault that is due now, or None"""
        with self.lock:
            for order in self.orders:
                # The door is closed after the request before the one that is meant
                due = n == order['at'] - (order['fault'] == 'refused') if order['at'] else re.search(order['about'], line)
                if due and order['times'] > 0:
                    order['times'] -= 1
                    return order
        return None

    def count(self, now):
        """How many came within the last second"""
        self.times = [at for at in self.times if at > now - 1] + [now]
        self.busiest = max(self.busiest, len(self.times))
        limit = self.config.get('per_second', 0)
        self.too_many += bool(limit) and len(self.times) > limit

    def begin(self, request):
        with self.lock:
            self.n += 1
            self.count(time.monotonic())
            self.db.execute('INSERT INTO request (n, at, method, path, query) VALUES (?, ?, ?, ?, ?)',
                            (self.n, time.time(), request.method, request.path, request.query))
            return self.n

    def note(self, n, **what):
        with self.lock:
            names = ', '.join(f'{name} = ?' for name in what)
            self.db.execute(f'UPDATE request SET {names} WHERE n = ?', (*what.values(), n))

    def who_is(self, request):
        return who_is(request, self.config.get('password', PASSWORD))

    def answer(self, request, who):
        """Does what is asked, and what there is to say of it"""
        with self.lock:
            try:
                return self.rest.answer(request, who)
            except Refusal as refusal:
                return Answer(refusal.status, refusal.value())
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                return Answer(400, {'code': 'rest_invalid_param', 'message': f'Invalid parameter: {error}', 'data': {'status': 400}})

    def serve(self, connection):
        file = connection.makefile('rb')
        try:
            while True:
                request = read_request(file)
                n = self.begin(request)
                order = self.take(n, f'{request.method} {request.path}')
                fault = order['fault'] if order else None
                if fault in BEFORE_ANSWER:
                    self.note(n, fault=fault, who=self.who_is(request))
                    play(connection, file, request, order, None)
                    return
                read_body(file, request)
                who = self.who_is(request)
                self.note(n, body=hashlib.sha256(request.body).hexdigest(), length=len(request.body), who=who, fault=fault)
                answer = self.handle(request, n, who, order)
                if fault in (None, 'refused'):
                    connection.sendall(answer.head() + (b'' if request.method == 'HEAD' else answer.body))
                    if fault == 'refused':
                        self.close(order['seconds'])
                        return
                elif not play(connection, file, request, order, answer):
                    return
                if request.headers.get('connection', '').lower() == 'close':
                    return
        except (Gone, OSError, ValueError):
            return
        finally:
            file.close()
            connection.close()

    def handle(self, request, n, who, order):
        fault = FAULTS[order['fault']] if order else None
        if fault is not None and not fault.effect:
            answer = fault.answer(self, request, order)
        else:
            hidden = order['seconds'] if order and order['fault'] == 'hidden' else None
            before = self.rest.n_effects
            if hidden is not None:
                self.rest.hidden = hidden
            answer = self.answer(request, who)
            self.rest.hidden = None
            if self.rest.n_effects > before:
                self.note(n, effect=self.rest.effect)
            if fault is not None and fault.answer is not None:
                answer = fault.answer(self, request, order, answer)
        self.note(n, status=answer.status if answer else None)
        return answer

    def requests(self):
        with self.lock:
            rows = self.db.execute('SELECT n, at, method, path, query, body, length, who, fault, status, effect FROM request ORDER BY n')
            names = [column[0] for column in rows.description]
            return [dict(zip(names, row)) for row in rows]

    def state(self):
        with self.lock:
            return {'products': list(self.rest.products.values()), 'media': list(self.rest.media.values()),
                    'n_requests': self.n, 'too_many': self.too_many, 'busiest': self.busiest}


class Board:
    """All shops, the loop that opens to whoever comes, and the switchboard"""

    def __init__(self, folder, n_shops):
        self.selector, self.lock = selectors.DefaultSelector(), threading.Lock()
        self.waker, self.woken = socket.socketpair()
        self.selector.register(self.woken, selectors.EVENT_READ, None)
        self.folder, self.visitors = folder, []
        self.away = self.listen(0, self.visit)
        self.control = self.listen(0, self.command)
        self.shops = [Shop(self, number, folder) for number in range(n_shops)]

    def listen(self, port, serve):
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(('127.0.0.1', port))
        door.listen(128)
        door.setblocking(False)
        with self.lock:
            self.selector.register(door, selectors.EVENT_READ, serve)
        self.waker.send(b'x')
        return door

    def forget(self, door):
        with self.lock:
            self.selector.unregister(door)
        door.close()

    def run(self):
        while True:
            for key, _ in self.selector.select():
                if key.data is None:
                    self.woken.recv(4096)
                    continue
                try:
                    connection, _ = key.fileobj.accept()
                except OSError:
                    continue
                connection.setblocking(True)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=key.data, args=(connection,), daemon=True).start()

    def visit(self, connection):
        """The host that a redirect names: keeps who came and with what credentials"""
        with connection, connection.makefile('rb') as file:
            try:
                request = read_request(file)
                read_body(file, request)
            except (Gone, OSError, ValueError):
                return
            self.visitors.append({'method': request.method, 'path': request.path, 'query': request.query,
                                  'authorization': request.headers.get('authorization')})
            connection.sendall(Answer(200, {}).head() + b'{}')

    def command(self, connection):
        with connection, connection.makefile('rb') as file:
            try:
                request = read_request(file)
                read_body(file, request)
                answer = Answer(200, self.obey(request))
            except (Gone, OSError):
                return
            except (KeyError, ValueError, IndexError, re.error) as error:
                answer = Answer(400, {'error': repr(error)})
            answer.headers['Connection'] = 'close'
            try:
                connection.sendall(answer.head() + answer.body)
            except OSError:
                pass

    def obey(self, request):
        _, number, verb = request.path.split('/')
        shop, what = self.shops[int(number)], request.json()
        if verb == 'fault':
            shop.order(what)
        elif verb == 'calm':
            shop.calm()
        elif verb == 'config':
            shop.config.update(what)
            shop.keep('config', shop.config)
        elif verb == 'edit':
            with shop.lock:
                shop.rest.edit(what)
        elif verb == 'put':
            with shop.lock:
                return shop.rest.put(what)
        elif verb == 'term':
            with shop.lock:
                return shop.rest.term(what)
        elif verb == 'state':
            return shop.state()
        elif verb == 'requests':
            return shop.requests()
        elif verb == 'visitors':
            return self.visitors
        else:
            raise ValueError(verb)
        return {}


def end_with_input():
    while sys.stdin.buffer.read(4096):
        pass
    # Threads that lie in wait for a client that never comes are not waited for
    os._exit(0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('folder', type=Path)
    parser.add_argument('--shops', type=int, default=1)
    parser.add_argument('--with-input', action='store_true')
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    board = Board(args.folder, args.shops)
    print('CONTROL', board.control.getsockname()[1])
    for shop in board.shops:
        print('SHOP', shop.number, shop.port)
    sys.stdout.flush()
    if args.with_input:
        threading.Thread(target=end_with_input, daemon=True).start()
    board.run()


if __name__ == '__main__':
    main()
