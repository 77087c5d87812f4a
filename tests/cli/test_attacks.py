#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a note, a title, a file's name, a photo or a reply says stays text: of a
whole library nothing but pending suggestions may be different afterwards
(tests/data/attacks)."""

import hashlib
import json
import os
import sqlite3
import unicodedata

from cs_cli import NOTE, Library, check, equal, main, photo

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'data', 'attacks')
# All that an engine's run may write to. Of "product" what follows from the rest, see cs-progress.c
FREE = {'suggestion', 'engine', 'engine_run', 'stage_count', 'reading', 'cutout', 'sqlite_sequence', 'sqlite_stat1'}
DERIVED = {'product': {'stage', 'queue', 'n_pending', 'seen', 'touched', 'thumbnail', 'title', 'terms', 'changed_at'}}


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


main([test_the_set_is_large_enough, test_attacks_in_what_is_brought_in])
