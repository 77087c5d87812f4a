#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Models on the command line: nothing goes out before it was agreed to, nothing
unchanged twice, no budget is passed, and a kill loses no more than what was in
flight. What went out is what the model server got."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from cs_cli import Library, check, environment, equal, main

KEY = 'sk-never-on-this-disk-0815'
PRICES = ('--price-in', '1', '--price-out', '10', '--currency', 'CNY')


class Server:
    """The model server of tests/engines, with its log"""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix='cs-models-')
        self.log = os.path.join(self.folder, 'log')
        self.process = subprocess.Popen([sys.executable, os.environ['CS_MODEL_SERVER'], '--with-input', '--log', self.log],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline().split()[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, dialect):
        return f'http://127.0.0.1:{self.port}/{dialect}/v1'

    def requests(self):
        """What a model was asked; not that somebody looked which models there are, and which of them see"""
        if not os.path.exists(self.log):
            return []
        with open(self.log, encoding='utf-8') as file:
            return [each for each in map(json.loads, file)
                    if each['method'] == 'POST' and not each['path'].endswith('/api/show')]

    def wait_for(self, n, seconds=60):
        end = time.monotonic() + seconds
        while len(self.requests()) < n:
            check(time.monotonic() < end, f'{n} requests did not come: {len(self.requests())}')
            time.sleep(0.02)


class Desk(Library):
    def add(self, server, dialect='ollama', *options):
        self.run('engine', 'add', 'custom', '--address', server.address(dialect), '--model', 'test-vl', *PRICES, *options)

    def engine(self, name='custom'):
        return next(row for row in self.lines('engine', 'list') if row['id'] == name)

    def sent(self):
        return self.lines('sent')

    def title(self, product, engine='custom'):
        rows = [row for row in self.lines('suggestions', str(product))
                if row['field'] == 'title' and row.get('engine') == engine]
        check(rows, 'the model suggested no title')
        return rows[0]

    def with_key(self, *arguments, key=KEY, **more):
        read, write = os.pipe()
        os.write(write, key.encode() + b'\n')
        os.close(write)
        try:
            return self.run(*arguments, '--key-fd', '0', stdin=read, **more)
        finally:
            os.close(read)

    def fill(self, n):
        return [self.add_product(f'basket-{number}', note=f'手工竹编果篮 直径{20 + number}cm 四川') for number in range(n)]


def test_nothing_before_it_was_agreed_to():
    with Server() as server, Desk() as library:
        products = library.fill(2)
        library.add(server)
        library.run('engine', 'list')
        refused = library.run('suggest', products[0], '--engine', 'custom', expect=77)
        check('engine allow custom text' in refused.err, refused.err)
        check('CNY' in refused.out, 'what it would cost comes first')
        equal(server.requests(), [])
        equal(library.sent(), [])

        # Texts, and no photos
        library.run('engine', 'allow', 'custom', 'text')
        library.run('suggest', products[0], '--engine', 'custom')
        asked = server.requests()
        check(asked, 'nothing was asked')
        check(all(not each['pictures'] for each in asked), 'a photo went')
        check('直径20cm' in asked[0]['body'])
        row = library.sent()[0]
        equal((row['engine'], row['address'], row['state'], row['photos']),
              ('custom', server.address('ollama'), 'answered', 0))
        check(row['cost_micros'] > 0 and row['currency'] == 'CNY')

        # And photos, and then never again
        library.run('engine', 'allow', 'custom', 'photos')
        library.run('suggest', products[1], '--engine', 'custom')
        check(server.requests()[-1]['pictures'], 'the photo did not go')
        library.run('engine', 'change', 'custom', '--no-photos')
        library.run('note', products[1], '手工竹编果篮 直径33cm 四川')
        before = len(server.requests())
        library.run('suggest', products[1], '--engine', 'custom')
        check(len(server.requests()) > before)
        check(all(not each['pictures'] for each in server.requests()[before:]), 'a photo went')

        # Another address has to be agreed to
        library.run('engine', 'change', 'custom', '--address', server.address('ollama+tag=other'))
        before = len(server.requests())
        library.run('note', products[1], '手工竹编果篮 直径34cm 四川')
        library.run('suggest', products[1], '--engine', 'custom', expect=77)
        equal(len(server.requests()), before)
        equal(sum(row['bytes'] for row in library.sent()), sum(len(each['body'].encode()) for each in server.requests()))


def test_asked_once():
    with Server() as server, Desk() as library:
        products = library.fill(2)
        library.add(server, 'ollama', '--allow', 'photos')
        library.run('suggest', '--engine', 'custom')
        first = len(server.requests())
        check(first >= 2)
        check('It was asked about every product' in library.run('suggest', '--engine', 'custom').out)
        again = library.run('suggest', *products, '--engine', 'custom')
        check('2 of them without asking anew' in again.out, again.out)
        equal(len(server.requests()), first)

        # A changed note is asked about once, and nothing else is
        library.run('note', products[0], '手工竹编果篮 直径29cm 四川')
        library.run('suggest', *products, '--engine', 'custom')
        equal(len(server.requests()), first + first // 2)
        library.run('suggest', *products, '--engine', 'custom')
        equal(len(server.requests()), first + first // 2)
        equal(len(library.sent()), len(server.requests()))


def test_facts_that_changed():
    """What the model wrote is held against the facts as they are, and nobody is asked for it"""
    with Server() as server, Desk() as library:
        product = library.add_product('basket', note='Handwoven bamboo basket, 28 cm')
        library.add(server, 'ollama', '--allow', 'text')
        library.run('suggest', product, '--engine', 'custom')
        asked = len(server.requests())
        before = library.title(product)
        check(before['cost'], 'its cost stands beside it')
        check(all(phrase['state'] != 'contradicts' for phrase in before['phrases']), before)
        library.run('note', product, 'Handwoven willow basket, 32 cm')
        library.run('suggest', product)
        after = library.title(product)
        equal(after['text'], before['text'])
        equal(after['sent'], before['sent'])
        check(any(phrase['state'] in ('contradicts', 'unsourced') for phrase in after['phrases']), after)
        check(not after['grounded'])
        equal(len(server.requests()), asked)
        check('“' in library.run('suggestions', product).out)


def test_budgets():
    with Server() as server, Desk() as library:
        products = library.fill(4)
        library.add(server, 'ollama', '--allow', 'text', '--month-budget', '0.0001')
        refused = library.run('suggest', *products, '--engine', 'custom', expect=1)
        check('budget' in refused.out + refused.err, refused.err)
        equal(server.requests(), [])

        # As much as one needs, and a little
        library.run('engine', 'change', 'custom', '--month-budget', 'none')
        library.run('suggest', products[0], '--engine', 'custom')
        rows = library.sent()
        for purse, arguments in ((5, ('--month-budget', '0.05')), (3, ())):
            if arguments:
                library.run('engine', 'change', 'custom', *arguments)
            else:
                library.run('engine', 'change', 'custom', '--month-budget', 'none')
            budget = 50000
            run = library.run('suggest', *products, '--engine', 'custom', *(('--budget', '0.05') if not arguments else ()), expect=None)
            new = [row for row in library.sent() if row['id'] > rows[0]['id']]
            spent = sum(row['cost_micros'] for row in (library.sent() if arguments else new))
            check(spent <= budget, f'{spent} was spent of {budget}')
            check(run.returncode in (0, 1))
            rows = library.sent()
            for number, product in enumerate(products):
                library.run('note', product, f'手工竹编果篮 直径{50 + number + purse}cm 四川')
        equal(len(library.sent()), len(server.requests()))

        # A price has to be known where a budget is to be kept
        library.run('engine', 'add', 'custom', '--address', server.address('ollama+tag=free'), '--model', 'm',
                    '--month-budget', '1', '--allow', 'text')
        before = len(server.requests())
        library.run('suggest', products[0], '--engine', 'custom-2', expect=1)
        equal(len(server.requests()), before)


def test_killed_in_the_middle():
    with Server() as server, Desk() as library:
        products = library.fill(5)
        library.add(server, 'ollama+bytes=40+slow=30', '--allow', 'text')
        paid = 0
        for round in range(3):
            before = len(server.requests())
            running = subprocess.Popen(library.command('suggest', *products, '--engine', 'custom'), stdin=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
            server.wait_for(before + 1)
            time.sleep(0.2 + 0.5 * round)
            running.send_signal(signal.SIGKILL)
            running.wait()
        library.run('suggest', *products, '--engine', 'custom')
        rows = library.sent()
        asked = server.requests()

        # Each that reached the server was written down before
        check(len(rows) >= len(asked), len(rows), len(asked))
        states = {row['state'] for row in rows}
        check(states <= {'answered', 'lost'}, states)
        lost = [row for row in rows if row['state'] == 'lost']
        check(0 < len(lost) <= 3 * 2, f'{len(lost)} were lost')
        check(all(row['cost_micros'] > 0 and row['estimated'] for row in lost))

        # What was answered was never asked again
        for product in products:
            equal(len([row for row in rows if row['state'] == 'answered' and str(row['product']) == product]), 1)
            library.title(product)
        library.run('suggest', *products, '--engine', 'custom')
        equal(len(server.requests()), len(asked))


def test_stopped_and_gone_on_with():
    with Server() as server, Desk() as library:
        products = library.fill(3)
        library.add(server, 'ollama+hang', '--allow', 'text')
        running = subprocess.Popen(library.command('suggest', *products, '--engine', 'custom'), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
        server.wait_for(1)

        # Beside whoever is at work it can be read, and not asked
        equal(library.sent()[0]['state'], 'in-flight')
        equal(library.engine()['id'], 'custom')
        library.run('suggest', products[0], '--engine', 'custom', expect=75)
        begun = time.monotonic()
        running.send_signal(signal.SIGINT)
        equal(running.wait(20), 130)
        check(time.monotonic() - begun < 2, f'it took {time.monotonic() - begun:.1f} s to stop')
        # Whoever opens it next settles what was left
        library.run('engine', 'change', 'custom', '--address', server.address('ollama'), '--allow', 'text')
        check(all(row['state'] == 'lost' and row['cost_micros'] > 0 for row in library.sent()))
        library.run('suggest', '--engine', 'custom')
        for product in products:
            library.title(product)


def test_keys():
    with Server() as server, Desk() as library:
        products = library.fill(1)
        for arguments in (('engine', 'add', 'custom', KEY), ('engine', 'add', 'custom', '--key', KEY)):
            refused = library.run(*arguments, expect=2)
            check(KEY not in refused.out + refused.err)
            check('--key-fd' in refused.err)
        equal(library.lines('engine', 'list'), [])

        # No keyring is here: the model is kept, its key is not
        added = library.with_key('engine', 'add', 'custom', '--address', server.address('qwen'), '--model', 'qwen3-vl-plus',
                                 *PRICES, '--allow', 'text', expect=1, DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent')
        check('keyring' in added.err, added.err)
        check(not library.engine()['key'])
        tested = library.with_key('engine', 'test', 'custom')
        check(tested.out.strip(), 'it says what works')
        equal(server.requests()[-1]['headers'].get('Authorization'), f'Bearer {KEY}')
        library.with_key('suggest', products[0], '--engine', 'custom')
        library.title(products[0])

        # A wrong one is said to be wrong, and is said nowhere else: some providers say it again
        wrong = 'wrong-key-that-is-told-back'
        library.run('note', products[0], '手工竹编果篮 直径44cm 四川')
        refused = library.with_key('suggest', products[0], '--engine', 'custom', key=wrong, expect=1)
        check(wrong not in refused.out + refused.err, refused.err)
        check('key' in refused.err, refused.err)
        for secret in (KEY, wrong):
            found = subprocess.run(['grep', '-r', '-l', '-a', '-e', secret, library.folder], capture_output=True)
            equal(found.stdout, b'')


def test_a_key_is_for_one_house():
    """Libraries share a keyring, and call their models the same"""
    with Server() as server, Server() as other, Desk() as library, Desk() as second:
        ring = {'SECRET_BACKEND': 'file', 'SECRET_FILE_TEST_PATH': os.path.join(library.folder, 'ring'),
                'SECRET_FILE_TEST_PASSWORD': 'of a test'}
        for desk, place, key in ((library, server, KEY), (second, other, 'sk-of-another-house')):
            desk.with_key('engine', 'add', 'custom', '--address', place.address('ollama'), '--model', 'm', key=key, **ring)
        library.run('engine', 'test', 'custom', **ring)
        equal(server.requests()[-1]['headers'].get('Authorization'), f'Bearer {KEY}')
        second.run('engine', 'test', 'custom', **ring)
        equal(other.requests()[-1]['headers'].get('Authorization'), 'Bearer sk-of-another-house')
        second.run('engine', 'remove', 'custom', **ring)
        library.run('engine', 'test', 'custom', **ring)
        equal(server.requests()[-1]['headers'].get('Authorization'), f'Bearer {KEY}')

        # Moved, it is not taken along
        library.run('engine', 'change', 'custom', '--address', other.address('ollama'), **ring)
        library.run('engine', 'test', 'custom', **ring)
        equal(other.requests()[-1]['headers'].get('Authorization'), None)


def test_agreed_to_at_a_terminal():
    with Server() as server, Desk() as library:
        products = library.fill(1)
        library.add(server)
        person = library.terminal('suggest', products[0], '--engine', 'custom')
        shown = person.wait_for('Type “send”: ')
        check('直径20cm' in shown, 'what goes is shown')
        check(server.address('ollama') in shown)
        check('this computer' in shown)
        person.type('yes')
        equal(person.end(), 1)
        equal(server.requests(), [])

        person = library.terminal('suggest', products[0], '--engine', 'custom')
        person.wait_for('Type “send”: ')
        person.type('send')
        equal(person.end(), 0)
        check(server.requests())
        check(library.engine()['may_text'])

        # A key that is typed is not shown
        person = library.terminal('engine', 'add', 'deepseek')
        person.wait_for('nothing for none): ')
        person.type(KEY)
        person.end()
        check(KEY not in person.seen, person.seen)


def test_found_on_this_computer():
    with Server() as server, Desk() as library:
        places = f'ollama http://127.0.0.1:{server.port}/ollama/v1'
        found = [json.loads(line) for line in library.run('engine', 'look', '--json', CS_MODEL_SERVERS=places).out.splitlines()]
        check(found, 'nobody was found')
        equal(found[0]['provider'], 'ollama')
        equal(server.requests(), [])
        library.run('engine', 'add', 'ollama', '--address', found[0]['address'], '--model', found[0]['model'])
        left = library.run('engine', 'look', '--json', CS_MODEL_SERVERS=places).out.splitlines()
        equal(len(left), len(found) - 1)
        library.run('engine', 'remove', 'ollama')
        equal(library.lines('engine', 'list'), [])
        library.run('engine', 'remove', 'ollama', expect=66)


if __name__ == '__main__':
    main([test for name, test in list(globals().items()) if name.startswith('test_')])
