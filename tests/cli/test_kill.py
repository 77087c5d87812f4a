#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Killed at any point of an import, it goes on: nothing lost, nothing twice."""

import hashlib
import os
import random
import signal
import subprocess
import time

from cs_cli import Library, check, environment, equal, main, photo

KILLS = int(os.environ.get('CS_KILLS') or 12)
PHOTOS = 48
FOLDERS = 8


def fill(library):
    hashes = set()
    for number in range(PHOTOS):
        content = photo(number)
        hashes.add(hashlib.sha256(content).hexdigest())
        library.put(f'f{number % FOLDERS}/IMG_{number:04}.png', content)
    return hashes


def kept(library):
    """The originals in the library by their hash; each must be what its name says"""
    found = set()
    for folder, _, names in os.walk(os.path.join(library.path, 'photos')):
        for name in names:
            if len(name) != 64:
                continue
            with open(os.path.join(folder, name), 'rb') as file:
                equal(hashlib.sha256(file.read()).hexdigest(), name)
            found.add(name)
    return found


def test_killed_during_an_import():
    dice = random.Random(7)
    with Library() as library:
        hashes = fill(library)
        for round in range(KILLS):
            arguments = ['import', library.photos] if round == 0 else ['import']
            running = subprocess.Popen(library.command(*arguments), stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, env=environment())
            time.sleep(dice.uniform(0.05, 0.5))
            running.send_signal(signal.SIGKILL)
            running.wait()
        library.run('import')
        # A kill before the first file was journalled left nothing to go on with
        library.run('import', library.photos)
        rows = library.lines('products')
        equal(sum(row['photos'] for row in rows), PHOTOS)
        equal(len(rows), FOLDERS)
        check(hashes <= kept(library))
        check('good health' in library.run('doctor').out)


def test_killed_while_suggesting():
    dice = random.Random(8)
    with Library() as library:
        fill(library)
        library.run('import', library.photos)
        for _ in range(KILLS):
            running = subprocess.Popen(library.command('suggest'), stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, env=environment())
            time.sleep(dice.uniform(0.05, 0.8))
            running.send_signal(signal.SIGKILL)
            running.wait()
        library.run('suggest')
        lines = library.lines('suggestions')
        pictures = [(line['photo'], line['variant']) for line in lines if line['field'] == 'picture']
        equal(len(pictures), len(set(pictures)))
        equal(len({photo for photo, _ in pictures}), PHOTOS)
        check('0 products' in library.run('suggest').out)


main([test_killed_during_an_import, test_killed_while_suggesting])
