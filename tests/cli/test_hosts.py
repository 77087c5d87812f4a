#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What hosts, plug-ins and caches make of a shop's answers on their way."""

import http.client
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cs_cli import Library, main
from cs_shop import KEYS, Shop, with_keys
from test_channels import approve, decide, holds

WARNING = (b'<br />\n<b>Warning</b>:  Undefined array key "x" in <b>/srv/www/plug-in.php</b> on line <b>27</b><br />\n')
PAGE = b'<!DOCTYPE html><html><head><title>Just a moment...</title></head><body></body></html>'


class Host:
    """Stands before a shop and hands requests on; change(request, answer) may alter
    the answer, (status, headers, body); door(request) may give one before it gets there"""

    def __init__(self, shop, change=lambda _, answer: answer, door=lambda _: None):

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def handle_any(self):
                body = self.rfile.read(int(self.headers.get('Content-Length') or 0))
                self.answer(door(self) or change(self, self.hand_on(body)))

            def hand_on(self, body):
                inside = http.client.HTTPConnection(shop.address, timeout=30)
                inside.request(self.command, self.path, body, {name: value for name, value in self.headers.items()
                                                               if name not in ('Host', 'Connection')})
                reply = inside.getresponse()
                answer = (reply.status, dict(reply.getheaders()), reply.read())
                inside.close()
                return answer

            def answer(self, answer):
                status, headers, body = answer
                self.send_response(status)
                for name, value in headers.items():
                    if name.lower() not in ('content-length', 'connection', 'transfer-encoding'):
                        self.send_header(name, value)
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = do_PUT = do_DELETE = handle_any

        self.server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.server.daemon_threads = True
        self.address = f'127.0.0.1:{self.server.server_address[1]}'

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def add(library, address, keys=KEYS):
    """What is said, and whether it is there then"""
    done = with_keys(library, 'channel', 'add', 'woocommerce', '--address', address, keys=keys, expect=1)
    return done.err, len(library.lines('channel', 'list')) == 2


def publish(library):
    product = library.add_product('basket')
    library.run('set', product, 'price', '12.50 EUR')
    library.run('set', product, 'sku', 'B-7')
    library.run('suggest', product)
    decide(library, product)
    approve(library, product, '--channel', '2')
    return product


def test_chatter():
    """PHP's warnings before an answer and a cache's comment behind it do not hide it"""
    for change in (lambda _, answer: (answer[0], answer[1], WARNING + answer[2]),
                   lambda _, answer: (answer[0], answer[1], answer[2] + b'\n<!-- cached in 0.02 s -->')):
        with Library() as library, Shop() as shop, Host(shop, change) as host:
            _, is_there = add(library, host.address)
            assert is_there
            publish(library)
            with_keys(library, 'sync', '--channel', '2')
            assert library.lines('outbox')[0]['state'] == 'done'
            assert len(shop.ask('state')['products']) == 1


def test_pages():
    """A page that says an answer of its own is none, also with JSON in it"""
    for text in (PAGE, b'<html>\n{"namespaces": ["wc/v3"]}\n</html>', b'Hello\n{"namespaces": ["wc/v3"]}'):
        with Library() as library, Shop() as shop, Host(shop, lambda _, answer, text=text: (200, {}, text)) as host:
            _, is_there = add(library, host.address)
            assert not is_there, text


def test_challenge():
    for status in (200, 403, 503):
        change = (lambda _, answer, status=status:
                  (status, {'Content-Type': 'text/html', 'cf-mitigated': 'challenge'}, PAGE))
        with Library() as library, Shop() as shop, Host(shop, change) as host:
            said, is_there = add(library, host.address)
            assert not is_there and ('front of' in said or 'human' in said), said
            assert host.address in said and 'Try again in' not in said, said


def test_moved():
    """Where it went is said; keys do not go there"""
    change = lambda _, answer: (301, {'Location': 'https://www.shop.example/wp-json/'}, b'')
    with Library() as library, Shop() as shop, Host(shop, change) as host:
        said, is_there = add(library, host.address)
        assert not is_there and '“www.shop.example”' in said and 'approve' not in said, said
    change = lambda _, answer: (301, {'Location': 'https://\x1b[2J/'}, b'')
    with Library() as library, Shop() as shop, Host(shop, change) as host:
        said, is_there = add(library, host.address)
        assert not is_there and '\x1b' not in said, said


def test_address_from_the_browser():
    for page in ('/', '/product/basket-2/', '/wp-admin/post.php?post=7&action=edit#x', '/my-account/orders/', '/?p=12'):
        with Library() as library, Shop() as shop:
            said, is_there = add(library, shop.address + page)
            assert is_there, (page, said)
    with Library() as library, Shop() as shop:
        said, is_there = add(library, shop.address + '/somewhere')
        assert not is_there and '“127.0.0.1”' in said, said
    with Library() as library, Host(None, door=lambda _: (404, {}, PAGE)) as host:
        said, is_there = add(library, host.address + '/somewhere')
        assert not is_there and 'front page' in said and '/somewhere' in said, said
    with Library() as library:
        said, is_there = add(library, 'my little shop')
        assert not is_there and 'no address' in said, said


def plain_links(request):
    """As with "plain" permalinks: no path for the interface, but a parameter on any page"""
    page, is_route, route = request.path.partition('?rest_route=')
    if not is_route:
        return (404, {'Content-Type': 'text/html'}, b'<html>Not Found</html>')
    request.path = '/wp-json' + route.replace('&', '?', 1)
    return None


def test_plain_links():
    with Library() as library, Shop() as shop, Host(shop, door=plain_links) as host:
        said, is_there = add(library, host.address, 'user=seller\npassword=wrong\n')
        assert not is_there and 'Permalinks' not in said, said
        said, is_there = add(library, host.address)
        assert is_there, said
        publish(library)
        with_keys(library, 'sync', '--channel', '2')
        assert library.lines('outbox')[0]['state'] == 'done'
        with_keys(library, 'channel', 'test', '2')
        assert json.loads(with_keys(library, 'channel', 'pull', '2', '--json').out)['listings'] == 1
        assert len(shop.ask('state')['products']) == 1


def test_mended():
    """Nothing says that it will be tried again where nobody will"""
    change = lambda _, answer: (503, {'Content-Type': 'text/html', 'Retry-After': '600'}, PAGE)
    with Library() as library, Shop() as shop, Host(shop, change) as host:
        said, is_there = add(library, host.address)
        assert not is_there and 'by itself' not in said, said


def test_short_pages():
    """What this user may not read is left out of each page: the next one is asked for all the same"""
    def change(request, answer):
        status, headers, body = answer
        if '/wc/v3/products?' in request.path and 'page=' in request.path:
            headers = {**headers, 'X-WP-TotalPages': '3'}
            body = json.dumps(json.loads(body)[:90]).encode()
        return status, headers, body

    with Library() as library, Shop() as shop, Host(shop, change) as host:
        add(library, host.address)
        for number in range(230):
            shop.ask('put', {'name': f'Basket {number}', 'sku': f'B-{number}', 'regular_price': '12.505', 'status': 'publish'})
        pulled = json.loads(with_keys(library, 'channel', 'pull', '2', '--json').out)
        assert pulled['listings'] == 90 + 90 + 30, pulled
        assert {line['price'] for line in library.lines('products')} == {'12.51 EUR'}


def test_keys_that_were_handed_over():
    for keys, wanted in (('seller\nabcd efgh ijkl mnop qrst uvwx\n', None),
                         ('User = seller\nPASSWORD=abcd efgh ijkl mnop qrst uvwx\n', None),
                         ('abcd efgh ijkl mnop qrst uvwx\n', 'Application password'),
                         ('user=seller\n', 'Application password'),
                         ('password=abcd efgh ijkl mnop qrst uvwx\n', 'User name'),
                         ('key=ck_1\n', 'Consumer secret'),
                         ('\n', 'Application password'),
                         ('username=seller\npassword=abcd\n', 'NAME=VALUE'),
                         ('{"user": "seller", "password": "abcd"}', 'NAME=VALUE'),
                         ('seller\nabcd\nck_1\ncs_1\nmore\n', 'NAME=VALUE')):
        with Library() as library, Shop() as shop:
            said, is_there = add(library, shop.address, keys)
            assert is_there == (wanted is None) and (wanted or '') in said and 'abcd' not in said, (keys, said)


def test_new_password_without_a_keyring():
    """What waited for the sign-in goes on"""
    with Library() as library, Shop() as shop:
        add(library, shop.address)
        publish(library)
        shop.ask('config', {'password': 'quite another one'})
        said = with_keys(library, 'sync', '--channel', '2', expect=1)
        assert said.out.startswith('0 sent'), said.out
        assert library.lines('outbox')[0]['state'] == 'sign-in'
        keys = 'user=seller\npassword=quite another one\n'
        with_keys(library, 'channel', 'sign-in', '2', keys=keys, expect=1)
        with_keys(library, 'sync', '--channel', '2', keys=keys)
        assert library.lines('outbox')[0]['state'] == 'done'
        assert len(shop.ask('state')['products']) == 1
        assert not holds(library, 'quite another one')


def test_draft_that_was_changed():
    """What waited as a draft and was changed there is not shown to customers: nobody signed it"""
    refusal = json.dumps({'code': 'incorrect_password', 'message': '', 'data': {'status': 401}}).encode()
    is_refused = [True]

    def door(request):
        return (401, {}, refusal) if request.command == 'PUT' and is_refused[0] else None

    for edit in ({'name': 'Somebody was here', 'regular_price': '1.00'}, {'menu_order': 7}):
        with Library() as library, Shop() as shop, Host(shop, door=door) as host:
            is_refused[0] = True
            add(library, host.address)
            publish(library)
            with_keys(library, 'sync', '--channel', '2', expect=1)
            there = shop.ask('state')['products'][0]
            assert there['status'] == 'draft', there
            time.sleep(6)
            shop.ask('edit', {'id': there['id'], **edit})
            is_refused[0] = False
            library.run('retry', '1')
            is_other = 'name' in edit
            with_keys(library, 'sync', '--channel', '2', expect=1 if is_other else 0)
            entry = library.lines('outbox')[0]
            there = shop.ask('state')['products']
            assert len(there) == 1 and there[0]['status'] == ('draft' if is_other else 'publish'), there
            assert entry['state'] == ('conflict' if is_other else 'done'), entry


def test_try_again():
    """A person does not wait for a shop that is left alone for a while, nor for what is not known yet"""
    is_broken = [True]

    def door(request):
        return (502, {}, PAGE) if request.command == 'PUT' and is_broken[0] else None

    with Library() as library, Shop() as shop, Host(shop, door=door) as host:
        add(library, host.address)
        publish(library)
        said = with_keys(library, 'sync', '--channel', '2', expect=1)
        assert 'countersign-cli retry' in said.out, said.out
        assert library.lines('outbox')[0]['state'] == 'unknown'
        is_broken[0] = False
        library.run('retry', '1')
        with_keys(library, 'sync', '--channel', '2')
        assert library.lines('outbox')[0]['state'] == 'done'
        assert len(shop.ask('state')['products']) == 1


def test_what_keys_may():
    """A token that is pasted cannot be renewed: what the shop said of it is said"""
    denied = {'data': None, 'errors': [{'message': 'Access denied for shop field. Required access: read_products.',
                                        'path': ['shop'], 'extensions': {'code': 'ACCESS_DENIED'}}]}
    for status, answer, wanted in ((200, denied, 'read_products'), (401, {'errors': 'no'}, 'does not accept the sign-in')):
        door = lambda _, status=status, answer=answer: (status, {}, json.dumps(answer).encode())
        with Library() as library, Host(None, door=door) as host:
            said = with_keys(library, 'channel', 'add', 'shopify', '--address', host.address + '/admin/products',
                             keys='token=shpat_abcdefgh\n', expect=1).err
            assert wanted in said and '/admin' not in said and 'shpat' not in said, said


def test_only_words():
    """What is signed is shown without anything that only programs read"""
    with Library() as library, Shop() as shop:
        add(library, shop.address)
        product = library.add_product('basket')
        library.run('set', product, 'price', '12.50 EUR')
        library.run('suggest', product)
        decide(library, product)
        terminal = library.terminal('approve', product, '--channel', '2')
        seen = terminal.wait_for('type “approve”')
        terminal.type('no')
        terminal.end()
        assert 'Prices with tax' in seen and '{' not in seen, seen


if __name__ == '__main__':
    main([test_chatter, test_pages, test_challenge, test_moved, test_address_from_the_browser, test_plain_links, test_mended, test_short_pages,
          test_keys_that_were_handed_over, test_new_password_without_a_keyring,
          test_draft_that_was_changed, test_try_again, test_what_keys_may,
          test_only_words])
