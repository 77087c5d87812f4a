#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line as scripts and people use it."""

import json
import os
import re
import signal
import subprocess
import time

from cs_cli import CLI, NOTE, Library, check, environment, equal, main, photo

VERBS = ('import', 'products', 'note', 'set', 'suggest', 'suggestions', 'review', 'ready', 'approve', 'sync',
         'outbox', 'undo', 'export', 'picture', 'models', 'ground', 'doctor')
PROMPT = '[q]uit [?] '


def test_help():
    with Library() as library:
        text = library.run('--help').out
        for verb in VERBS:
            check(f'  {verb} ' in text or f'  {verb}\n' in text, verb, text)
            check('--' in library.run(verb, '--help').out, verb)
        check('75' in text and '66' in text)
        check(not os.path.exists(library.path), 'asking for help makes no library')


def test_usage():
    with Library() as library:
        library.run(expect=2)
        library.run('frobnicate', expect=2)
        library.run('note', expect=2)
        library.run('note', '1', expect=2)
        library.run('products', '--frobnicate', expect=2)
        library.run('products', '--stage', 'nowhere', expect=2)
        library.run('set', '1', 'colour', 'red', expect=2)
        library.run('export', '1', expect=2)


def test_no_input():
    with Library() as library:
        library.run('note', '99', 'x', expect=66)
        library.run('suggest', 'no-such-sku', expect=66)
        library.run('import', os.path.join(library.photos, 'nothing.jpg'), expect=66)


def test_import_and_products():
    with Library() as library:
        for number in range(3):
            library.put(f'竹篮/IMG_{number}.png', photo(number))
        library.put('竹篮/broken.jpg', b'\xff\xd8\xff\xe0 and no more')
        done = library.run('import', library.photos, expect=1)
        check('3 imported, 1 could not be read: broken.jpg: ' in done.out, done.out)
        rows = library.lines('products')
        equal(len(rows), 1)
        equal(rows[0]['photos'], 3)
        equal(library.lines('products', '--stage', 'published'), [])
        product = str(rows[0]['id'])
        library.run('note', product, *NOTE.split())
        equal(len(library.lines('products', '--search', '果篮')), 1)
        equal(len(library.lines('products', '--search', '鞋子')), 0)
        library.run('set', product, 'sku', 'ZB-028')
        library.run('set', 'ZB-028', 'price', '89', 'CNY')
        check('price' in library.run('set', 'ZB-028', 'price', 'cheap', expect=1).err)
        check('89' in library.lines('products')[0]['price'])


def test_suggestions():
    with Library() as library:
        product = library.add_product('DCIM')
        lines = library.lines('suggestions', '--pending', product)
        titles = [line for line in lines if line['field'] == 'title']
        check(titles and all(line['state'] == 'pending' for line in lines))
        check('竹编' in titles[0]['text'])
        check(all(line['grounded'] for line in titles))
        check('竹编' in library.run('suggestions').out)


def test_a_person_is_needed():
    with Library() as library:
        product = library.add_product('basket')
        answers = 'a\n' * 50 + 'approve\n' * 5
        for verb in (['review'], ['approve', product]):
            done = subprocess.run(library.command(*verb), input=answers.encode(), capture_output=True, timeout=300,
                                  env=environment(CI='1', FORCE='1', CS_YES='1', DEBIAN_FRONTEND='noninteractive'))
            equal(done.returncode, 77)
            equal(done.stdout, b'')
            # A terminal on one side only is no person either
            leader, follower = os.openpty()
            for stdin, stdout in ((follower, subprocess.PIPE), (subprocess.PIPE, follower)):
                half = subprocess.run(library.command(*verb), stdin=stdin if stdin == follower else subprocess.DEVNULL,
                                      stdout=stdout, stderr=subprocess.PIPE, timeout=300, env=environment())
                equal(half.returncode, 77)
            os.close(leader)
            os.close(follower)
        for option in ('--yes', '-y', '--force', '--batch', '--no-input'):
            library.run('review', option, expect=2)
            library.run('approve', option, product, expect=2)
        equal(library.lines('outbox'), [])
        check(all(line['state'] == 'pending' for line in library.lines('suggestions', '--pending')))


def review_all(library):
    terminal = library.terminal('review')
    code = None
    while code is None:
        try:
            before = terminal.wait_for(PROMPT, 30)
        except AssertionError:
            code = terminal.end()
            break
        terminal.type('a')
        check('cannot' not in before, before)
    return code


def test_review():
    with Library() as library:
        product = library.add_product('basket', photos=2)
        terminal = library.terminal('review', product)
        first = terminal.wait_for(PROMPT)
        check('Title' in first and '竹编' in first, first)
        check('←' in first, 'the evidence is shown', first)
        terminal.type('?')
        check('accept the suggestion' in terminal.wait_for(PROMPT))
        terminal.type('2')
        terminal.wait_for(PROMPT)
        terminal.type('e')
        terminal.wait_for('Your text: ')
        terminal.type('我的竹篮')
        check('Description' in terminal.wait_for(PROMPT))
        terminal.type('e')
        terminal.wait_for('> ')
        terminal.type('one')
        terminal.wait_for('> ')
        terminal.type('two')
        terminal.wait_for('> ')
        terminal.type('.')
        terminal.wait_for(PROMPT)
        terminal.type('u')
        check('Description' in terminal.wait_for(PROMPT), 'what was taken back is asked again')
        terminal.type('s')
        terminal.wait_for(PROMPT)
        terminal.type('q')
        equal(terminal.end(), 0)

        lines = library.lines('suggestions', product)
        title = next(line for line in lines if line['field'] == 'title')
        equal((title['state'], title['value']), ('edited', '我的竹篮'))
        description = next(line for line in lines if line['field'] == 'description')
        equal(description['state'], 'later')

        undone = library.lines('undo')
        equal([line['verdict'] for line in undone], ['later'])


def test_review_ends_with_the_input():
    with Library() as library:
        library.add_product('basket')
        terminal = library.terminal('review')
        terminal.wait_for(PROMPT)
        os.write(terminal.fd, b'\x04')
        equal(terminal.end(), 0)
        terminal = library.terminal('review')
        terminal.wait_for(PROMPT)
        terminal.interrupt()
        equal(terminal.end(), 130)


def test_whole_way():
    with Library() as library:
        product = library.add_product('basket')
        library.run('set', product, 'price', '89 CNY')
        library.run('suggest')
        equal(review_all(library), 0)
        ready = library.lines('ready')
        equal([row['stage'] for row in ready], ['ready'])

        # Any other word signs nothing
        terminal = library.terminal('approve', product)
        shown = terminal.wait_for('To sign 1 listing type “approve”: ')
        check('竹编' in shown and '89' in shown, shown)
        check(re.search('[0-9a-f]{64}', shown), 'the signature says what it covers')
        terminal.type('yes')
        equal(terminal.end(), 1)
        equal(library.lines('outbox'), [])

        terminal = library.terminal('approve', product)
        terminal.wait_for('type “approve”: ')
        terminal.type('approve')
        equal(terminal.end(), 0)
        check('1 approved' in terminal.seen, terminal.seen)
        entries = library.lines('outbox')
        equal([entry['state'] for entry in entries], ['ready'])
        check(entries[0]['payload'] in shown, 'what was shown is what was signed')

        out = os.path.join(library.folder, 'out')
        library.run('export', product, '-o', out)
        folder = os.path.join(out, os.listdir(out)[0])
        check('listing.json' in os.listdir(folder) and len(os.listdir(folder)) == 2)

        with_receipts = os.path.join(library.folder, 'with-receipts')
        check('1 picture written with its receipt' in library.run('export', product, '-o', with_receipts, '--receipts').out)
        folder = os.path.join(with_receipts, 'receipts')
        folder = os.path.join(folder, os.listdir(folder)[0])
        equal(sorted(os.listdir(folder)), ['picture.jpg', 'receipt.html', 'receipt.json'])
        with open(os.path.join(folder, 'receipt.json')) as file:
            check(json.load(file)['within'])

        check('1 sent' in library.run('sync').out)
        entries = library.lines('outbox')
        equal([entry['state'] for entry in entries], ['done'])
        equal([row['stage'] for row in library.lines('products')], ['published'])
        check('0 sent' in library.run('sync').out)

        # The same again is not signed
        terminal = library.terminal('approve', product)
        equal(terminal.end(), 1)


def test_in_use():
    with Library() as library:
        product = library.add_product('basket')
        terminal = library.terminal('review')
        terminal.wait_for(PROMPT)
        for verb in (['import', library.photos], ['note', product, 'x'], ['set', product, 'sku', 'x'], ['suggest'],
                     ['sync'], ['undo']):
            done = library.run(*verb, expect=75)
            check(done.err.count('\n') == 1, 'one sentence', done.err)
        # Reading goes on beside it
        equal(len(library.lines('products')), 1)
        check(library.lines('suggestions', '--pending'))
        equal(library.lines('outbox'), [])
        library.run('ready')
        library.run('doctor')
        terminal.type('q')
        equal(terminal.end(), 0)
        library.run('note', product, 'x')


def test_nothing_moves_the_cursor():
    with Library() as library:
        library.put('evil\x1b[2J\x07\u202ename.png', photo(1))
        library.put('bad\x1b]0;title\x07.jpg', b'nothing')
        done = library.run('import', library.photos, expect=1)
        texts = [done.out, done.err, library.run('products').out, library.run('products', '--json').out]
        product = str(library.lines('products')[0]['id'])
        library.run('note', product, '竹篮\x1b[31m red \x9b31m')
        library.run('suggest', product)
        texts += [library.run('suggestions').out, library.run('suggestions', '--json').out]
        texts.append(library.run('note', 'no\x1b[31mne', 'x', expect=66).err)
        for text in texts:
            check(not re.search('[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]', text), repr(text))


def test_stopped():
    with Library() as library:
        for number in range(120):
            library.put(f'f{number // 4}/IMG_{number}.png', photo(number))
        running = subprocess.Popen(library.command('import', library.photos), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, env=environment())
        time.sleep(0.7)
        begun = time.monotonic()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
        check(time.monotonic() - begun < 2.5, 'it stopped within two seconds')
        check(running.returncode in (130, 0), out, err)
        library.run('import')
        rows = library.lines('products')
        equal(sum(row['photos'] for row in rows), 120)
        equal(len(rows), 30)


def test_doctor():
    with Library() as library:
        text = library.run('doctor').out
        check('Countersign ' in text and 'GLib ' in text and 'good health' in text and library.path in text, text)
        check(all('finding' in line for line in library.lines('doctor')))


def test_ground():
    with Library() as library:
        facts = os.path.join(library.folder, 'facts.json')
        with open(facts, 'w', encoding='utf-8') as file:
            json.dump({'材质': '毛竹', 'height': '28cm', 'waterproof': False, 'keywords': 'leather'}, file)
        phrases = '280 mm high\n\nbamboo\noak handle\nwaterproof\nleather\nlovely\n'
        done = subprocess.run([CLI, 'ground', '--facts', facts], input=phrases, capture_output=True, text=True,
                              timeout=300, env=environment())
        equal(done.returncode, 0)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        equal([line['phrase'] for line in lines], phrases.split('\n')[:1] + phrases.split('\n')[2:-1])
        equal([line['verdict'] == 'grounded' for line in lines], [True, True, False, False, False, True])
        equal(lines[0]['facts'], ['height'])
        equal(lines[1]['facts'], ['材质'])
        equal(lines[3]['verdict'], 'contradicts')
        equal(lines[5]['kinds'], ['none'])
        check(all(part['text'] in line['phrase'] for line in lines for part in line['parts']))
        library.run('ground', expect=2)
        library.run('ground', '--facts', facts + '.not', expect=66)
        with open(facts, 'w', encoding='utf-8') as file:
            file.write('{"half":')
        library.run('ground', '--facts', facts, expect=2)
        check(not os.path.exists(library.path), 'it makes no library')


def test_version():
    done = subprocess.run([CLI, '--version'], capture_output=True, text=True, timeout=300, env=environment())
    equal(done.returncode, 0)
    check(re.fullmatch(r'countersign-cli \d+\.\d+\.\d+\n', done.stdout))


main([test_help, test_usage, test_no_input, test_import_and_products, test_suggestions, test_a_person_is_needed,
      test_review, test_review_ends_with_the_input, test_whole_way, test_in_use, test_nothing_moves_the_cursor,
      test_stopped, test_doctor, test_ground, test_version])
