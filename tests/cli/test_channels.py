#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shops at the command line: against a shop on this computer that speaks as
WooCommerce does."""

import json
import os

from cs_cli import Library, main
from cs_shop import KEYS, Shop, add_shop, with_keys

PROMPT = '[q]uit [?] '
def holds(library, text):
    for folder, _, names in os.walk(library.folder):
        for name in names:
            with open(os.path.join(folder, name), 'rb') as file:
                if text.encode() in file.read():
                    return True
    return False


def test_kinds():
    with Library() as library:
        kinds = {kind['kind']: kind for kind in library.lines('channel', 'kinds')}
        asks = {ask['name']: ask for ask in kinds['woocommerce']['asks']}
        assert asks['password']['secret'] and not asks['address']['secret']
        assert 'woocommerce' in library.run('channel', 'kinds').out
        assert 'package-etsy' in kinds


def test_a_key_is_no_argument():
    with Library() as library:
        assert 'never an argument' in library.run('channel', 'add', 'woocommerce', '--key', 'ck_1', expect=2).err
        done = library.run('channel', 'add', 'woocommerce', '--address', 'x.example', '--set', 'password=geheim', expect=1)
        assert 'never an argument' in done.err and 'geheim' not in done.err + done.out
        assert 'etsy' in library.run('channel', 'add', 'nosuch', expect=2).err
        library.run('channel', 'dance', expect=2)
        library.run('channel', 'test', '77', expect=66)
        assert len(library.lines('channel', 'list')) == 1


def test_addresses():
    with Library() as library:
        for address in ('http://myshop.example', 'ftp://myshop.example', 'https://me:pw@myshop.example', 'https://'):
            done = with_keys(library, 'channel', 'add', 'woocommerce', '--address', address, expect=1)
            assert 'Countersign' not in done.err and len(done.err) > 30, done.err
        assert 'Fill in' in library.run('channel', 'add', 'woocommerce', expect=1).err
        assert len(library.lines('channel', 'list')) == 1


def test_add_pull_remove():
    with Library() as library, Shop() as shop:
        wrong = with_keys(library, 'channel', 'add', 'woocommerce', '--address', shop.address,
                          keys='user=seller\npassword=xxxx\n', expect=1)
        assert 'xxxx' not in wrong.err
        account = add_shop(library, shop)
        assert account['id'] == 2 and account['currency'] == 'EUR' and account['address'] == f'http://{shop.address}'
        again = with_keys(library, 'channel', 'add', 'woocommerce', '--address', shop.address, expect=1)
        assert 'already' in again.err
        assert 'Fault shop' in with_keys(library, 'channel', 'test', '2').out
        assert 'keyring' in library.run('channel', 'test', '2', expect=1).err
        with_keys(library, 'channel', 'test', '2', keys='user=seller\npassword=wrong\n', expect=1)

        for number in range(3):
            shop.ask('put', {'name': f'Basket {number}\x1b[2J', 'sku': f'B-{number}', 'regular_price': '12.50',
                             'description': '<p>Woven <b>by hand</b></p>', 'status': 'publish'})
        first = json.loads(with_keys(library, 'channel', 'pull', '2', '--json').out)
        assert (first['listings'], first['new'], first['failed']) == (3, 3, 0), first
        second = json.loads(with_keys(library, 'channel', 'pull', '2', '--json').out)
        assert (second['known'], second['new'], second['moved']) == (3, 0, 0), second
        assert len(library.lines('products')) == 3
        assert '\x1b[2J' not in library.run('products').out
        shop.ask('edit', {'id': 11, 'regular_price': '14.00'})
        third = json.loads(with_keys(library, 'channel', 'pull', '2', '--json').out)
        assert third['moved'] == 1, third

        assert not holds(library, 'mnop qrst'), 'a key is in the library'
        library.run('channel', 'remove', '2')
        assert [line['id'] for line in library.lines('channel', 'list')] == [1]
        library.run('channel', 'pull', '2', expect=66)


def at_terminal(library, *arguments):
    """Somebody sits there, and the keys come through a descriptor of their own"""
    reader, writer = os.pipe()
    os.write(writer, KEYS.encode())
    os.close(writer)
    os.set_inheritable(reader, True)
    terminal = library.terminal(*arguments, '--secret-fd', str(reader))
    os.close(reader)
    return terminal


def approve(library, product, *more):
    terminal = library.terminal('approve', product, *more)
    terminal.wait_for('type “approve”')
    terminal.type('approve')
    assert terminal.end() == 0, terminal.seen


def decide(library, product):
    """Everything that is suggested is accepted"""
    terminal = library.terminal('review', product)
    while True:
        try:
            terminal.wait_for(PROMPT, 30)
        except AssertionError:
            return terminal.end()
        terminal.type('a')


def test_publish():
    with Library() as library, Shop() as shop:
        add_shop(library, shop)
        product = library.add_product('basket')
        library.run('set', product, 'price', '12.50 EUR')
        library.run('set', product, 'sku', 'B-7')
        library.run('suggest', product)
        decide(library, product)
        approve(library, product, '--channel', '2')

        trial = json.loads(with_keys(library, 'sync', '--dry-run', '--channel', '2', '--json').out)
        assert trial['operation'] == 'create' and trial['obstacle'] is None, trial
        assert 'title' in {part['name'] for part in trial['differences']}
        assert shop.ask('state')['products'] == []
        assert library.lines('outbox')[0]['next'] == 'sync'

        with_keys(library, 'sync', '--channel', '2')
        entry = library.lines('outbox')[0]
        assert entry['state'] == 'done' and entry['remote_id'] and entry['who'] == 'nobody', entry
        there = shop.ask('state')['products']
        assert len(there) == 1 and there[0]['sku'] == 'B-7', there

        # Somebody else changes it, and so do we: a person decides
        library.run('set', product, 'price', '15 EUR')
        library.run('suggest', product)
        decide(library, product)
        approve(library, product, '--channel', '2')
        shop.ask('edit', {'id': int(entry['remote_id']), 'regular_price': '99.00'})
        trial = json.loads(with_keys(library, 'sync', '--dry-run', '--channel', '2', '--json', expect=1).out)
        assert trial['obstacle'], trial
        with_keys(library, 'sync', '--channel', '2', expect=1)
        entry = library.lines('outbox')[0]
        assert (entry['state'], entry['next'], entry['who']) == ('conflict', 'conflict', 'you'), entry
        assert shop.ask('state')['products'][0]['regular_price'] == '99.00'

        terminal = at_terminal(library, 'conflict', str(entry['id']))
        seen = terminal.wait_for('Your answer: ')
        assert '99' in seen and '15' in seen, seen
        terminal.type('mine')
        terminal.wait_for('type “approve”')
        terminal.type('approve')
        assert terminal.end() == 0, terminal.seen
        assert shop.ask('state')['products'][0]['regular_price'] == '99.00', 'nothing goes before it is sent'
        with_keys(library, 'sync', '--channel', '2')
        there = shop.ask('state')['products']
        assert len(there) == 1 and float(there[0]['regular_price']) == 15, there


def test_whose_it_is():
    """A stranger has the SKU: a person says that it is the same product, and then it is changed, not added"""
    with Library() as library, Shop() as shop:
        add_shop(library, shop)
        shop.ask('put', {'name': 'An old basket', 'sku': 'B-9', 'regular_price': '8.00', 'status': 'publish'})
        product = library.add_product('basket')
        library.run('set', product, 'sku', 'B-9')
        library.run('set', product, 'price', '12.50 EUR')
        library.run('suggest', product)
        decide(library, product)
        approve(library, product, '--channel', '2')
        with_keys(library, 'sync', '--channel', '2', expect=1)
        entry = library.lines('outbox')[0]
        assert entry['state'] == 'conflict', entry

        terminal = at_terminal(library, 'conflict', str(entry['id']))
        assert 'An old basket' in terminal.wait_for('Your answer: ')
        terminal.type('whatever')
        assert terminal.end() == 1
        terminal = at_terminal(library, 'conflict', str(entry['id']))
        terminal.wait_for('Your answer: ')
        terminal.type('it is')
        assert terminal.end() == 0, terminal.seen
        assert library.lines('outbox')[0]['state'] == 'voided'
        approve(library, product, '--channel', '2')
        with_keys(library, 'sync', '--channel', '2')
        entry = library.lines('outbox')[0]
        assert (entry['operation'], entry['state']) == ('update', 'done'), entry
        there = shop.ask('state')['products']
        assert len(there) == 1 and there[0]['name'] != 'An old basket', there


def test_a_person_is_needed():
    with Library() as library:
        for verb in ('rollback', 'withdraw', 'conflict'):
            library.run(verb, '1', expect=77)
        terminal = library.terminal('withdraw', '12')
        assert terminal.end() == 66, terminal.seen
        library.run('retry', '12', expect=66)


def test_practice_shop():
    """Roll back and withdraw are shown, and want the word"""
    with Library() as library:
        product = library.add_product('basket')
        decide(library, product)
        approve(library, product)
        library.run('sync')
        entry = library.lines('outbox')[0]
        assert entry['state'] == 'done', entry
        terminal = library.terminal('withdraw', str(entry['id']))
        terminal.wait_for('type “approve”')
        terminal.type('no')
        assert terminal.end() == 1
        assert len(library.lines('outbox')) == 1
        terminal = library.terminal('withdraw', str(entry['id']))
        terminal.wait_for('Takes the listing off the shop')
        terminal.wait_for('type “approve”')
        terminal.type('approve')
        assert terminal.end() == 0
        library.run('sync')
        entry = library.lines('outbox')[0]
        assert (entry['operation'], entry['state']) == ('withdraw', 'done'), entry


if __name__ == '__main__':
    main([test_kinds, test_a_key_is_no_argument, test_addresses, test_add_pull_remove, test_publish, test_whose_it_is,
          test_a_person_is_needed, test_practice_shop])
