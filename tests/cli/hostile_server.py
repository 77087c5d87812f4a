# SPDX-License-Identifier: GPL-3.0-or-later
"""A server on this computer that answers with whatever bytes it is told to, right or wrong"""

import json
import socket
import threading
import urllib.parse


class Server:
    """answers: name → function (connection, request), called for each POST to /name/…;
    what it sends goes out as it is, and then the connection is closed"""

    def __init__(self, answers=None):
        self.answers = answers or {}
        self.requests = []
        self.lock = threading.Lock()
        self.listener = socket.create_server(('127.0.0.1', 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.over = threading.Event()
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.over.set()
        self.listener.close()

    def address(self, name):
        return f'http://127.0.0.1:{self.port}/{name}/v1'

    def asked(self, name=None):
        with self.lock:
            return [each for each in self.requests if each['method'] == 'POST' and (name is None or each['name'] == name)]

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        with connection:
            try:
                request = self.read(connection)
                if request is None:
                    return
                with self.lock:
                    self.requests.append(request)
                answer = self.answers.get(request['name'])
                if answer is None or request['method'] != 'POST':
                    answer = self.answers.get(request['method'] + ' ' + request['name'], not_there)
                answer(connection, request)
                connection.shutdown(socket.SHUT_WR)
                connection.settimeout(1)
                while connection.recv(65536):
                    pass
            except OSError:
                pass

    @staticmethod
    def read(connection):
        data = b''
        while b'\r\n\r\n' not in data:
            more = connection.recv(65536)
            if not more:
                return None
            data += more
        head, _, body = data.partition(b'\r\n\r\n')
        first, *lines = head.decode('latin-1').split('\r\n')
        method, path, _ = first.split(' ', 2)
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(':') for line in lines)}
        length = int(headers.get('content-length', 0))
        while len(body) < length:
            more = connection.recv(1 << 20)
            if not more:
                return None
            body += more
        name = urllib.parse.unquote(path.lstrip('/').split('/', 1)[0])
        return {'method': method, 'path': path, 'name': name, 'headers': headers, 'body': body}


def send(connection, body, status='200 OK', kind='application/json', *headers):
    if isinstance(body, (dict, list)):
        body = json.dumps(body, ensure_ascii=False)
    if isinstance(body, str):
        body = body.encode()
    head = [f'HTTP/1.1 {status}', f'Content-Type: {kind}', 'Connection: close', *headers]
    if not any(each.lower().startswith(('content-length', 'transfer-encoding')) for each in headers):
        head.append(f'Content-Length: {len(body)}')
    connection.sendall('\r\n'.join(head).encode() + b'\r\n\r\n' + body)


def not_there(connection, request):
    send(connection, {'error': {'message': 'not here', 'code': 404}}, '404 Not Found')


def events(*chunks, done=True):
    text = ''.join(f'data: {each if isinstance(each, str) else json.dumps(each, ensure_ascii=False)}\n\n' for each in chunks)
    return text + ('data: [DONE]\n\n' if done else '')


def delta(content=None, finish=None, **more):
    piece = {'content': content} if content is not None else {}
    return {'choices': [{'index': 0, 'delta': {**piece, **more}, 'finish_reason': finish}]}


def whole(content, finish='stop', **more):
    return {'choices': [{'index': 0, 'message': {'role': 'assistant', 'content': content}, 'finish_reason': finish}], **more}
