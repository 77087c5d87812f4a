#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a note, a title, a file's name, a photo or a reply says stays text: of a
whole library nothing but pending suggestions may be different afterwards
(tests/data/attacks)."""

import hashlib
import json
import os
import re
import shlex
import shutil
import sqlite3
import unicodedata

from cs_cli import NOTE, Library, Skip, check, equal, main, photo
from replay_server import ReplayServer

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'data', 'attacks')
# All that an engine's run may write to. Of "product" what follows from the rest, see cs-progress.c
FREE = {'suggestion', 'engine', 'engine_run', 'stage_count', 'reading', 'cutout', 'sqlite_sequence', 'sqlite_stat1'}
# What a provider's refusals taught is kept beside a model
DERIVED = {'engine_setup': {'learned'},
           'product': {'stage', 'queue', 'n_pending', 'seen', 'touched', 'thumbnail', 'title', 'terms', 'changed_at'}}


def attacks(name):
    with open(os.path.join(DATA, name), encoding='utf-8') as file:
        rows = json.load(file)['attacks']
    for row in rows:
        if 'repeat' in row:
            piece, times = row.pop('repeat')
            for member in ('text', 'content', 'body'):
                if member in row:
                    row[member] = row[member].replace('@@', piece * times)
    return rows


class Besieged(Library):
    """A library that can be compared with what it was. Its commands run in a folder of their own."""

    def __init__(self):
        super().__init__()
        self.home = os.path.join(self.folder, 'home')
        os.mkdir(self.home)

    def query(self, sql, *values):
        database = sqlite3.connect(f'file:{os.path.join(self.path, "library.db")}?mode=ro', uri=True)
        # Names of files need not be UTF-8
        database.text_factory = lambda text: text.decode('utf-8', 'surrogateescape')
        try:
            return database.execute(sql, values).fetchall()
        finally:
            database.close()

    def tables(self, free=frozenset()):
        """Every row of every table that no engine writes to"""
        kept = {}
        for name, in self.query("SELECT name FROM sqlite_schema WHERE type = 'table'"):
            if name in FREE | free or name.startswith(('search', 'sqlite_')):
                continue
            columns = [row[1] for row in self.query(f'PRAGMA table_info ({name})') if row[1] not in DERIVED.get(name, ())]
            if name == 'item':
                # Which items there are to decide on is the engine's to say, what was decided is not
                kept[name] = self.query("SELECT * FROM item WHERE decision IS NOT NULL OR state NOT IN ('pending', 'open', 'empty')")
            else:
                kept[name] = sorted(self.query(f'SELECT {", ".join(columns)} FROM {name}'), key=repr)
        kept['schema'] = self.query('SELECT type, name, sql FROM sqlite_schema ORDER BY name')
        return kept

    def files(self):
        """Everything in the folder but what the library made of its pictures, with a hash"""
        found = {}
        for where, _, names in os.walk(os.fsencode(self.folder)):
            if where.startswith(os.fsencode(self.path)):
                continue
            for name in names:
                path = os.path.join(where, name)
                with open(path, 'rb') as file:
                    found[path] = hashlib.sha256(file.read()).hexdigest()
        return found

    def suggestions(self):
        return self.query('SELECT s.id, s.engine, s.is_question, s.text, s.evidence, s.remarks, i.field, i.product '
                          "FROM suggestion s JOIN item i ON i.id = s.item WHERE s.standing <> 'superseded'")


def is_harmful(character):
    """Controls, what turns the direction of writing, what cannot be seen, and what no character is"""
    if character == '\n':
        return False
    return unicodedata.category(character) in ('Cc', 'Cf', 'Zl', 'Zp', 'Cs', 'Co', 'Cn')


def harm(text):
    return sorted({f'U+{ord(each):04X}' for each in text or '' if is_harmful(each)})


def check_texts(library, name_of):
    """No suggestion holds what a person could not see"""
    found = []
    for _, engine, _, text, evidence, remarks, field, product in library.suggestions():
        for what, value in (('text', text), ('remarks', remarks)):
            if harm(value):
                found.append(f'{name_of(product)}: {engine}, {field}, {what}: {" ".join(harm(value))}')
        for phrase in json.loads(evidence or '{}').get('phrases', []):
            if harm(phrase.get('remark')):
                found.append(f'{name_of(product)}: {engine}, {field}, remark: {" ".join(harm(phrase["remark"]))}')
    equal(found, [])


def check_printed(out):
    """Nothing that a terminal would obey. Lines and the colours of our own are ours."""
    bad = sorted({f'U+{ord(each):04X}' for each in out if each not in '\n\t' and is_harmful(each)})
    equal(bad, [])


def check_same(library, before, free=frozenset()):
    tables, files = before
    now = library.tables(free)
    for name in sorted(set(tables) | set(now)):
        if tables.get(name) != now.get(name):
            gone = [row for row in tables.get(name, []) if row not in now.get(name, [])]
            came = [row for row in now.get(name, []) if row not in tables.get(name, [])]
            raise AssertionError(f'{name} is not what it was: without {gone[:3]!r}, with {came[:3]!r}')
    equal(os.listdir(library.home), [])
    equal(library.files(), files)


def lay_out(library, row):
    """One product's folder for an attack; the hash of its photo"""
    folder, name, content = os.path.join(library.photos, row['id']), 'IMG_0001.png', photo(row['id'])
    if row['where'] == 'folder':
        folder = os.path.join(folder, row['text'])
    elif row['where'] == 'file':
        name = row['text']
    elif row['where'] == 'photo':
        with open(os.path.join(DATA, row['text']), 'rb') as file:
            content = file.read()
    os.makedirs(folder)
    with open(os.path.join(folder, name), 'wb') as file:
        file.write(content)
    return hashlib.sha256(content).hexdigest()


def bring_in(library, rows):
    """Imports a product for each attack: {product: id of the attack}"""
    products = {}
    hashes = {lay_out(library, row): row for row in rows}
    library.run('import', library.photos)
    for product, blob in library.query('SELECT product, hash FROM photo'):
        row = hashes[blob]
        products[product] = row['id']
        if row['where'] not in ('folder', 'file', 'photo'):
            library.run('set', str(product), row['where'], '--', row['text'])
        if row['where'] != 'note':
            library.run('note', str(product), NOTE)
    equal(sorted(products.values()), sorted(row['id'] for row in rows))
    return products


def test_the_set_is_large_enough():
    inputs, replies = attacks('inputs.json'), attacks('replies.json')
    check(len(inputs) + len(replies) >= 150, len(inputs), len(replies))
    for rows in (inputs, replies):
        equal(len({row['id'] for row in rows}), len(rows))
    check(sum(any('\u3400' <= each <= '\u9fff' for each in json.dumps(row, ensure_ascii=False))
              for row in inputs + replies) >= 20, 'too few in Chinese')
    equal({row['where'] for row in inputs}, {'note', 'title', 'description', 'bullets', 'brand', 'keywords', 'file', 'folder',
                                             'photo'})


def test_attacks_in_what_is_brought_in():
    with Besieged() as library:
        os.chdir(library.home)
        products = bring_in(library, attacks('inputs.json'))
        before = library.tables(), library.files()
        library.run('suggest')
        check(len(library.suggestions()) > len(products), 'no suggestions, nothing was tested')
        check_same(library, before)
        check_texts(library, lambda product: products[product])
        for verb in (['products'], ['suggestions', *map(str, products)], ['ready'], ['outbox']):
            check_printed(library.run(*verb, expect=None).out)
        equal(library.query('SELECT count(*) FROM decision'), [(0,)])
        os.chdir('/')


# --- Replies ---------------------------------------------------------------------

# What asking is written down in
ASKED = {'asked', 'asked_product', 'sent'}
MICROS = 1000000


def besieged_with_replies(library, server, rows):
    """A product for each attack, and a model on this computer that may be sent texts: {product: id of the attack}"""
    hashes = {lay_out(library, {'id': row['id'], 'where': 'file', 'text': f'Bamboo basket 28 cm woven in Anji, attack number {number}.png'}): row
              for number, row in enumerate(rows)}
    library.run('import', library.photos)
    products = {product: hashes[blob]['id'] for product, blob in library.query('SELECT product, hash FROM photo')}
    equal(len(products), len(rows))
    add_model(library, server.address)
    return products


def add_model(library, address, *more):
    library.run('engine', 'add', 'vllm', '--address', address, '--model', 'replay-vl', '--currency', 'CNY', '--price-in', '1',
                '--price-out', '2', '--month-budget', '1000', '--allow', 'text', *more)
    return library.lines('engine', 'list')[0]['id']


def model_texts(library):
    return [row for row in library.suggestions() if row[1] not in ('text', 'picture')]


def check_asked(server, other):
    """Only the one address was asked, for nothing but a reply, and nobody was believed who sent it elsewhere"""
    equal(other.asked, [])
    equal({(method, path) for method, path, _, _ in server.asked if (method, path) != ('GET', '/v1/models')},
          {('POST', '/v1/chat/completions')})
    for _, _, headers, _ in server.asked:
        equal(headers['Host'], server.root.removeprefix('http://'))
        check('Cookie' not in headers and 'Authorization' not in headers, headers)


def check_replies(library, products):
    """What a model wrote is text, marked for what it is, and asks for nothing that it need not know"""
    texts = {}
    for _, _, is_question, text, evidence, _, field, product in model_texts(library):
        check(not re.search(r'<[a-zA-Z/!]', text), products[product], field, text)
        if is_question:
            check(not re.search(r'key|password|密码|密钥|http', text, re.I), products[product], text)
        texts.setdefault(products[product], []).append((field, text, json.loads(evidence or '{}').get('phrases', [])))
    for name in ('forged-claims', 'forged-claims-zh', 'fullwidth-brand', 'homoglyph-brand'):
        titles = [(text, phrases) for field, text, phrases in texts.get(name, []) if field == 'title']
        check(titles, name, 'came to no title: nothing was tested')
        check(any(phrase['state'] in ('unsourced', 'contradicts') for _, phrases in titles for phrase in phrases), name, titles)
    for name, words in (('meta-talk', 'language model'), ('meta-talk-zh', '语言模型'), ('meta-refusal', "can't assist")):
        check(not any(words in text for _, text, _ in texts.get(name, [])), name, texts.get(name))
    check(len(texts) > len(products) // 2, 'the model wrote about', len(texts), 'of', len(products))


def check_booked(library):
    """Whatever a reply says of its own cost, it is booked as what it can be"""
    rows = library.query('SELECT state, cost, estimate, id FROM sent')
    equal({state for state, _, _, _ in rows} & {'in-flight'}, set())
    for state, cost, estimate, number in rows:
        check(cost >= 0 and (state != 'answered' or cost > 0), number, state, cost)
        check(cost <= 400 * max(estimate, 1) and cost < 10 * MICROS, number, state, cost, estimate)


def test_attacks_in_replies():
    rows = attacks('replies.json')
    with Besieged() as library, ReplayServer() as other, ReplayServer(rows, other.root) as server:
        os.chdir(library.home)
        products = besieged_with_replies(library, server, rows)
        numbers = {name: str(product) for product, name in products.items()}
        before = library.tables(ASKED), library.files()
        library.run('suggest', '--engine', 'vllm', *(numbers[row['id']] for row in rows if 'body' not in row), expect=None)
        # What would stop a batch is asked about by itself
        for row in rows:
            if 'body' in row:
                library.run('suggest', '--engine', 'vllm', numbers[row['id']], expect=None)
        check_same(library, before, ASKED)
        check_texts(library, lambda product: products[product])
        check_asked(server, other)
        check_replies(library, products)
        check_booked(library)
        for verb in (['suggestions', *numbers.values()], ['sent'], ['engine', 'list'], ['ready'], ['outbox']):
            check_printed(library.run(*verb, expect=None).out)
        equal(library.query('SELECT count(*) FROM decision'), [(0,)])
        os.chdir('/')


def test_nothing_but_loopback():
    """Not even a name is looked up"""
    if not shutil.which('strace'):
        raise Skip('strace is not installed')
    wanted = ('body-redirect', 'body-redirect-other', 'body-redirect-see-other', 'body-redirect-found', 'body-redirect-file', 'body-cookie', 'asks-for-address', 'address', 'data-uri')
    rows = [row for row in attacks('replies.json') if row['id'] in wanted]
    equal(len(rows), len(wanted))
    with Besieged() as library, ReplayServer() as other, ReplayServer(rows, other.root) as server:
        products = besieged_with_replies(library, server, rows)
        plain, trace = library.command, os.path.join(library.folder, 'trace')
        library.command = lambda *arguments: [
            shutil.which('strace'), '-f', '-qq', '-e', 'trace=connect,sendto,sendmsg', '-o', f'{trace}.{arguments[-1]}',
            '-E', 'ASAN_OPTIONS=' + ':'.join(filter(None, [os.environ.get('ASAN_OPTIONS'), 'detect_leaks=0'])), *plain(*arguments)]
        for product in products:
            library.run('suggest', '--engine', 'vllm', str(product), expect=None)
        lines = []
        for product in products:
            with open(f'{trace}.{product}', errors='replace') as file:
                lines += file.read().splitlines()
        port = server.root.rpartition(':')[2]
        inet = [line for line in lines if 'sa_family=AF_INET' in line]
        check(any(f'htons({port})' in line for line in inet), 'it was not seen to connect: nothing was tested')
        equal([line for line in inet if f'htons({port})' not in line or 'inet_addr("127.0.0.1")' not in line], [])
        equal(other.asked, [])


def test_nothing_goes_unasked():
    """Without consent, with another address than the one agreed to, without a price for a budget, over the budget"""
    rows = [{'content': 'OK'}] * 6
    with Besieged() as library, ReplayServer(rows) as other, ReplayServer(rows) as server:
        product = library.add_product('basket', 'Bamboo basket 28 cm attack number 0')
        library.run('engine', 'add', 'vllm', '--address', server.address, '--model', 'm', '--currency', 'CNY', '--price-in', '1',
                    '--price-out', '2')
        posts = lambda: [one for one in server.asked + other.asked if one[0] == 'POST']  # noqa: E731
        library.run('suggest', '--engine', 'vllm', product, expect=None)
        equal(posts(), [])
        library.run('engine', 'allow', 'vllm', 'text')
        library.run('engine', 'change', 'vllm', '--address', other.address)
        library.run('suggest', '--engine', 'vllm', product, expect=None)
        equal(posts(), [])
        # Going back to the address is not agreeing to it again
        library.run('engine', 'change', 'vllm', '--address', server.address)
        library.run('suggest', '--engine', 'vllm', product, expect=None)
        equal(posts(), [])
        library.run('engine', 'allow', 'vllm', 'text')
        library.run('engine', 'change', 'vllm', '--month-budget', '0.000001')
        library.run('suggest', '--engine', 'vllm', product, expect=None)
        equal(posts(), [])
        library.run('engine', 'change', 'vllm', '--month-budget', 'none')
        library.run('suggest', '--engine', 'vllm', '--budget', '0.000001', product, expect=None)
        equal(posts(), [])
        library.run('engine', 'remove', 'vllm')
        library.run('suggest', '--engine', 'vllm', product, expect=None)
        equal(posts(), [])
        equal(library.query("SELECT count(*) FROM sent WHERE cost > 0"), [(0,)])



def test_names_of_models():
    """A server on this computer may be anybody's: what it calls its models is a name and nothing else"""
    names = ['x; touch cs-was-here #', '$(touch cs-was-here)', '`touch cs-was-here`', "a' --address http://evil.invalid 'b",
             'red\x1b[31m\x1b]0;owned\x07', 'back\u202ewards', '<b>bold</b>', '../../etc/passwd', '%s%n%s', '--key=x', 'm' * 5000,
             'line\nengine add custom --address http://evil.invalid']
    with Besieged() as library, ReplayServer(models=names) as server:
        os.chdir(library.home)
        places = {'CS_MODEL_SERVERS': f'vllm {server.address}'}
        out = library.run('engine', 'look', **places).out
        check_printed(out)
        commands = [shlex.split(line) for line in out.splitlines() if 'countersign-cli' in line]
        check(len(commands) >= 8, out)
        for words in commands:
            equal(words[:4], ['countersign-cli', 'engine', 'add', 'vllm'])
            equal((words[4:6], words[6], len(words)), (['--address', server.address], '--model', 8))
        # Whichever of them is added, it is asked as what it is called, at the address that it was found at
        for words in commands[:4]:
            library.run(*words[1:])
        equal({row[0] for row in library.query('SELECT DISTINCT address FROM engine_setup')}, {server.address})
        equal(library.query('SELECT count(*) FROM consent WHERE texts = 1'), [(0,)])
        for verb in (['engine', 'list'], ['sent'], ['engine', 'test', 'vllm']):
            done = library.run(*verb, expect=None)
            check_printed(done.out + done.err)
        check('GET' in {method for method, _, _, _ in server.asked}, 'it was not looked at')
        equal(os.listdir(library.home), [])
        os.chdir('/')


main([test_the_set_is_large_enough, test_attacks_in_what_is_brought_in, test_attacks_in_replies, test_nothing_but_loopback,
      test_nothing_goes_unasked, test_names_of_models])
