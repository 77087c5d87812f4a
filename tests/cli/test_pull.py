#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Killed at any point of reading a shop, it goes on there: nothing twice, nothing half."""

import base64
import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import time
import urllib.request

from cs_cli import Library, check, environment, equal, main, photo
from cs_shop import KEYS, Shop, add_shop, with_keys

KILLS = int(os.environ.get('CS_KILLS') or 6)
LISTINGS = 130
PICTURES = 2


def send(shop, path, body, **headers):
    keys = dict(line.split('=') for line in KEYS.splitlines())
    basic = base64.b64encode(f'{keys["user"]}:{keys["password"]}'.encode()).decode()
    request = urllib.request.Request(f'http://{shop.address}/wp-json/{path}', data=body,
                                     headers={'Authorization': f'Basic {basic}', **headers})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def fill(shop):
    """Listings with pictures of their own; the pictures' hashes by SKU"""
    hashes, bodies = {}, []
    for number in range(LISTINGS):
        pictures = [photo(number * PICTURES + k, 64, 64) for k in range(PICTURES)]
        ids = [send(shop, 'wp/v2/media', picture, **{'Content-Type': 'image/png',
                                                    'Content-Disposition': f'attachment; filename="p-{number}-{k}.png"'})['id']
               for k, picture in enumerate(pictures)]
        hashes[f'S-{number}'] = [hashlib.sha256(picture).hexdigest() for picture in pictures]
        bodies.append({'name': f'Basket {number}', 'sku': f'S-{number}', 'regular_price': '12.50', 'status': 'publish',
                       'manage_stock': True, 'stock_quantity': number, 'images': [{'id': one} for one in ids]})
    for first in range(0, LISTINGS, 100):
        send(shop, 'wc/v3/products/batch', json.dumps({'create': bodies[first:first + 100]}).encode(),
             **{'Content-Type': 'application/json'})
    return hashes


def get_place(library):
    """How far it has come: listings, pictures that are still to be fetched, photos"""
    return tuple(ask(library, f'SELECT count(*) FROM {table}')[0][0] for table in ('remote_listing', 'pull_picture', 'photo'))


def pull_and_kill(library, more, seconds):
    """Once so much more is there, and a moment later. Where it had come to."""
    goal = get_place(library)[0] + get_place(library)[2] + more
    reader, writer = os.pipe()
    os.write(writer, KEYS.encode())
    os.close(writer)
    running = subprocess.Popen(library.command('channel', 'pull', '2', '--secret-fd', str(reader)), stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(), pass_fds=(reader,))
    os.close(reader)
    end = time.monotonic() + 20
    while running.poll() is None and time.monotonic() < end:
        listings, _, photos = get_place(library)
        if listings + photos >= goal:
            break
        time.sleep(0.005)
    time.sleep(seconds)
    running.send_signal(signal.SIGKILL)
    running.wait()
    return get_place(library)


def ask(library, question):
    with sqlite3.connect(f'file:{library.path}/library.db?mode=ro', uri=True) as db:
        return db.execute(question).fetchall()


def check_whole(library, hashes):
    equal(ask(library, 'SELECT count(*), count(DISTINCT remote_id), count(DISTINCT product) FROM remote_listing'),
          [(LISTINGS, LISTINGS, LISTINGS)])
    equal(ask(library, 'SELECT count(*) FROM product'), [(LISTINGS,)])
    equal(ask(library, 'SELECT count(*) FROM pull_picture'), [(0,)])
    equal(ask(library, "SELECT field, count(*) FROM product_value WHERE field IN ('price', 'sku', 'stock', 'title') GROUP BY 1"),
          [(field, LISTINGS) for field in ('price', 'sku', 'stock', 'title')])
    found = {}
    for sku, digest in ask(library, 'SELECT v.value, p.hash FROM photo p JOIN product_value v'
                                    "  ON v.product = p.product AND v.field = 'sku' ORDER BY p.product, p.position"):
        found.setdefault(sku, []).append(digest)
    differing = {sku: (found.get(sku), digests) for sku, digests in hashes.items() if found.get(sku) != digests}
    equal(differing, {})
    for digests in found.values():
        for digest in digests:
            with open(os.path.join(library.path, 'photos', digest[:2], digest), 'rb') as file:
                equal(hashlib.sha256(file.read()).hexdigest(), digest)
    check('good health' in library.run('doctor').out)


def test_killed_while_reading_a_shop():
    dice = random.Random(9)
    with Library() as library, Shop() as shop:
        hashes = fill(shop)
        add_shop(library, shop)
        places = {pull_and_kill(library, dice.randrange(90), dice.uniform(0, 0.1)) for _ in range(KILLS)}
        # It was killed at different places, and not only before it began
        check(len(places) > 2, places)
        with_keys(library, 'channel', 'pull', '2')
        check_whole(library, hashes)
        again = json.loads(with_keys(library, 'channel', 'pull', '2', '--json').out)
        equal((again['listings'], again['new'], again['failed']), (LISTINGS, 0, 0))
        check_whole(library, hashes)


main([test_killed_while_reading_a_shop])
