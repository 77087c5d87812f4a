# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way in the real window, as a person goes it: real files dragged from
another window, a note, decisions with keys, an undo, a restart, the signature,
the practice shop, and what a customer's browser gets from it.

test-whole-way.py PREFIX SOURCE SHOTS"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from tree import walk_page  # noqa: E402
from ui import App, Tap, drag  # noqa: E402

prefix, source, shots = map(Path, sys.argv[1:4])
here = Path(__file__).parent
work = Path(tempfile.mkdtemp(prefix='countersign-way.'))
library = work / 'library'
tap = Tap()
app = None
signed = {}


def start():
    global app
    app = App([prefix / 'bin' / 'countersign', '--library', library], work / 'log.txt')
    app.focus()


def cli(*words):
    """A verb that only reads, beside the window"""
    run = subprocess.run([prefix / 'bin' / 'countersign-cli', '--library', library, *words],
                         capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()] if '--json' in words else run.stdout


def page(name):
    row = app.find('list item', lambda have: have.split(',')[0].split(' (')[0].startswith(name))
    app.click(row)
    time.sleep(0.6)


def make_photos():
    """Two folders and single files, with a Chinese name, from the samples and, where there are, real ones"""
    photos = work / 'photos'
    basket = photos / '竹编果篮'
    basket.mkdir(parents=True)
    samples = source / 'data' / 'samples'
    for name in ('1.jpg', '2.jpg'):
        shutil.copy(samples / 'bamboo-basket' / name, basket / name)
    shutil.copy(samples / 'glazed-mug' / '1.jpg', photos / 'blue mug.jpg')
    files = [basket, photos / 'blue mug.jpg']
    real = Path(os.environ.get('CS_SHARED') or '/nowhere', 'photos')
    for name in ('Hat_79307c6e-cc11-422f-8b55-d01148cc94b3.jpg', 'jpg_hdr_iphone_hdr_YES.jpg'):
        if (real / name).exists():
            shutil.copy(real / name, photos / name)
            files.append(photos / name)
    return files


def dragged():
    app.has_text('Drop')
    uris = ['file://' + urllib.parse.quote(str(path)) for path in files]
    drag(uris, (820, 450), here / 'drag-source.py')
    App.until(lambda: len(cli('products', '--json')) == len(files), 60, f'{len(files)} products')
    app.shot(shots / 'way-1-products.png')


def originals_kept():
    kept = {path.name for path in (library / 'photos').rglob('*') if path.is_file()}
    for path in files:
        for file in ([path] if path.is_file() else path.iterdir()):
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            assert any(digest in name for name in kept), f'{file} is not kept byte for byte'


def noted():
    """The product's page, opened with the keyboard from the grid, and its note"""
    page('Products')
    card = app.find('table cell', lambda have: '竹编' in have, timeout=60)
    app.click(card)
    app.key('Return')
    note = app.find('text', 'Note', timeout=10)
    note.get_editable_text_iface().set_text_contents('手工竹编果篮 直径28cm 四川')
    price = app.find(('text', 'entry'), 'Price')
    price.get_editable_text_iface().set_text_contents('89 CNY')
    time.sleep(1.5)
    app.shot(shots / 'way-2-product.png')
    walk_page(app)

    def told():
        return any('28' in json.dumps(row, ensure_ascii=False) for row in cli('suggestions', '--json'))
    App.until(told, 60, 'a suggestion from the note')


def all_suggested():
    App.until(lambda: all(row.get('stage') != 'new' for row in cli('products', '--json')), 120,
              'suggestions for every product')


def decisions():
    """As they are on disk, read by another program while the window holds the library"""
    with sqlite3.connect(f'file:{library / "library.db"}?mode=ro', uri=True) as db:
        return db.execute('SELECT count (*) FROM decision').fetchone()[0]


def reviewed():
    page('Review')
    app.find('button', lambda have: have.startswith('Accept'))
    time.sleep(1)
    app.shot(shots / 'way-3-review.png')
    walk_page(app)
    before = decisions()
    app.key('a')
    App.until(lambda: decisions() == before + 1, 30, 'the first decision on disk')
    app.key('ctrl+z')
    App.until(lambda: decisions() == before + 2, 30, 'the undo, appended')


def undone_after_restart():
    before = decisions()
    # A key right after something changed on the page is not taken: nobody has seen yet what it would decide
    time.sleep(3)
    app.key('a')
    App.until(lambda: decisions() == before + 1, 30, 'a decision')
    app.close()
    start()
    page('Review')
    time.sleep(1)
    app.key('ctrl+z')
    App.until(lambda: decisions() == before + 2, 30, 'the undo of a decision made before the restart')


def typed_at_speed():
    """Every pending item, keys faster than a person; what cannot be accepted is left open"""
    end = time.monotonic() + 90
    while time.monotonic() < end:
        rows = cli('products', '--json')
        if not any(row.get('stage') == 'review' for row in rows):
            return
        app.key('a', 'a', 'a')
        time.sleep(0.1)
    raise AssertionError(f'still to review: {cli("products", "--json")}')


def approve_buttons():
    """The page's, and once the dialog is there, the one that signs"""
    return app.all('button', lambda have: have.replace('_', '').startswith('Approve'))


def approved():
    page('Ready')
    ready = [row for row in cli('products', '--json') if row.get('stage') == 'ready']
    assert ready, f'nothing is ready: {cli("products", "--json")}'
    app.shot(shots / 'way-4-ready.png')
    walk_page(app)
    app.key('ctrl+a')
    time.sleep(0.5)
    app.press(approve_buttons()[0])
    app.find(('dialog', 'alert', 'panel', 'label', 'heading'), 'What Will Be Sent')
    App.until(lambda: len(approve_buttons()) > 1, 10, 'the button that signs')
    time.sleep(2)
    app.shot(shots / 'way-5-sign.png')
    app.press(approve_buttons()[-1])
    App.until(lambda: len(cli('outbox', '--json')) >= len(ready), 30, 'the outbox')
    signed['n'] = len(ready)


def published():
    page('Published')
    App.until(lambda: sum(row.get('state') == 'done' for row in cli('outbox', '--json')) >= signed['n'], 60,
              'every listing there')
    time.sleep(1)
    app.shot(shots / 'way-6-published.png')
    walk_page(app)


def read_back():
    """What a customer gets, over HTTP, against what was signed"""
    with sqlite3.connect(f'file:{library / "library.db"}?mode=ro', uri=True) as db:
        payloads = [json.loads(row[0]) for row in db.execute('SELECT bytes FROM payload')]
    assert len(payloads) == signed['n']
    urls = {row['url'] for row in cli('outbox', '--json')}
    pages = [urllib.request.urlopen(url, timeout=10).read().decode() for url in urls]
    assert len(urls) == signed['n'], f'{len(urls)} pages for {signed["n"]} signed listings'
    for payload in payloads:
        assert any(payload['title'].replace('&', '&amp;') in text for text in pages), payload['title']
    signed['payloads'] = payloads


def no_place_leaves():
    """Pictures that went out hold no location and no camera"""
    names = [picture['hash'] for payload in signed['payloads'] for picture in payload['pictures']]
    assert names
    for path in (library / 'photos').rglob('*'):
        if path.is_file() and any(name in path.name for name in names):
            data = path.read_bytes()
            for mark in (b'GPS', b'Exif\0\0', b'iPhone', b'Apple'):
                assert mark not in data[:65536], f'{mark} in {path}'


def uncomplaining():
    complaints = app.complaints()
    assert not complaints, '\n'.join(complaints)


try:
    files = make_photos()
    start()
    went_on = tap.case('real files are dragged from another window', dragged)
    if went_on:
        tap.case('originals are kept byte for byte', originals_kept)
        tap.case('every product is suggested for', all_suggested)
        tap.case('a note becomes a suggestion', noted)
        tap.case('a key decides, and Ctrl+Z takes it back', reviewed)
        tap.case('undo goes on after a restart', undone_after_restart)
        tap.case('the queue is decided with keys alone', typed_at_speed)
        if tap.case('what was read is signed', approved) and tap.case('it is published, live', published):
            if tap.case('the practice shop shows what was signed', read_back):
                tap.case('no location or device leaves', no_place_leaves)
    else:
        print(app.text()[-3000:], file=sys.stderr)
    tap.case('the program ends when asked to', app.close)
finally:
    if app and app.process.poll() is None:
        app.process.kill()
    text = app.text() if app else ''
    for line in text.splitlines():
        print('# ' + line)
    tap.case('nothing was complained about', uncomplaining)
    if os.environ.get('CS_KEEP') is None:
        shutil.rmtree(work, ignore_errors=True)
sys.exit(tap.end())
