# SPDX-License-Identifier: GPL-3.0-or-later
"""A model in the real window, the whole way: its key is pasted, what will be sent
is looked at and agreed to, many products are asked about, the budget ends it, a
person stops it, it goes on, marked phrases are decided on, and what was signed is
published. The model is tests/engines/model_server.py, which invents.

test-engines.py PREFIX SOURCE SHOTS"""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from tree import walk_page  # noqa: E402
from ui import App, Atspi, Tap  # noqa: E402

prefix, source, shots = map(Path, sys.argv[1:4])
work = Path(tempfile.mkdtemp(prefix='countersign-engines.'))
library = work / 'library'
log = work / 'requests'
tap = Tap()
app = None
KEY = 'sk-only-for-this-test-81c2'
NOTES = {
    'bamboo-basket': 'Hand-woven bamboo basket, 28 cm across, from Anji',
    'glazed-mug': 'Stoneware mug, blue glaze, holds 350 ml',
    'leather-wallet': 'Leather wallet, brown, 11 x 9 cm',
    'knitted-hat': 'Knitted hat, wool, grey, one size',
    'soy-candle': 'Soy candle, burns 40 hours, 220 g',
    'wooden-toy-car': 'Toy car of beech wood, 14 cm long',
}
ENV = {'SECRET_BACKEND': 'file', 'SECRET_FILE_TEST_PATH': str(work / 'keyring'), 'SECRET_FILE_TEST_PASSWORD': 'of a test'}


def cli(*words):
    run = subprocess.run([prefix / 'bin' / 'countersign-cli', '--library', library, *words], env={**os.environ, **ENV},
                         capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()] if '--json' in words else run.stdout


def rows(query, *values):
    """As they are on disk, read while the window holds the library"""
    with sqlite3.connect(f'file:{library / "library.db"}?mode=ro', uri=True) as db:
        return db.execute(query, values).fetchall()


def requests():
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def asked():
    """Requests about products: the trial has no facts"""
    return [each for each in requests() if each['path'].endswith('/chat/completions') and '----' in each.get('body', '')]


def start_server():
    server = subprocess.Popen([sys.executable, '-B', source / 'tests' / 'engines' / 'model_server.py', '--log', log],
                              stdout=subprocess.PIPE, text=True)
    return server, int(server.stdout.readline().split()[1])


def start():
    global app
    app = App([prefix / 'bin' / 'countersign', '--library', library], work / 'log.txt', env=ENV)
    app.focus()


def prepare():
    for name, note in NOTES.items():
        folder = work / 'photos' / name
        folder.mkdir(parents=True)
        # One with its place and camera in it, where there are real ones
        real = Path(os.environ.get('CS_SHARED') or '/nowhere', 'photos', 'jpg_hdr_iphone_hdr_YES.jpg')
        shutil.copy(real if name == 'leather-wallet' and real.exists() else source / 'data' / 'samples' / name / '1.jpg',
                    folder / '1.jpg')
    cli('import', *(str(work / 'photos' / name) for name in NOTES))
    products = cli('products', '--json')
    assert len(products) == len(NOTES), products
    for product in products:
        name = next(name for name in NOTES if name.replace('-', ' ') in json.dumps(product).replace('-', ' ').lower())
        cli('note', str(product['id']), NOTES[name])
        cli('set', str(product['id']), 'price', '89 CNY')


def button(name):
    return app.find('button', lambda have: have.replace('_', '') == name)


def fill(name, text):
    app.find(('text', 'entry', 'password text'), name).get_editable_text_iface().set_text_contents(text)


def text_of(node):
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def paste(text):
    """From the clipboard, with the keys that a person presses"""
    holder = subprocess.Popen(['xclip', '-selection', 'clipboard', '-quiet'], stdin=subprocess.PIPE, text=True,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    holder.stdin.write(text)
    holder.stdin.close()
    time.sleep(0.5)
    app.key('ctrl+v')
    time.sleep(0.5)
    holder.terminate()
    holder.wait()


def set_budget(amount):
    fill('Budget per month (empty: no limit)', amount)


def save(label):
    app.press(button(label))
    try:
        app.until(lambda: app.all('button', lambda have: have.replace('_', '') == 'Done'), 20, 'the model to answer')
    except AssertionError:
        said = [node.get_name() for node in app.all(('label', 'alert', 'status bar', 'notification', 'statusbar'))]
        raise AssertionError(f'{said[-12:]}; the server was asked: {[each["path"] for each in requests()]}') from None


def leave_models():
    """Its dialog is gone a moment after it was closed"""
    time.sleep(1)
    app.key('Escape')
    time.sleep(0.5)


def added():
    app.key('alt+5')
    app.press(button('Add a Model…'))
    app.find('list item', lambda have: have.startswith('Another address'))
    app.click(app.all(('text', 'entry', 'search'), 'Search')[-1])
    app.type('another')
    time.sleep(0.5)
    app.key('Return')
    field = app.find(('text', 'entry', 'password text'), 'Paste your key')
    time.sleep(0.8)
    app.click(field)
    paste(KEY)
    fill('Address of the server', f'http://127.0.0.1:{port}/qwen+invent+piece=40+slow=120/v1')
    fill('Model', 'qwen3-vl-plus')
    app.click(app.find('list item', lambda have: have.startswith('Prices')))
    fill('A million word pieces that it reads', '10')
    fill('A million word pieces that it writes', '100')
    fill('Currency, three letters', 'CNY')
    set_budget(str(BUDGET))
    app.shot(shots / 'engines-1-form.png')
    save('Add and Test')
    walk_page(app)
    app.press(button('Done'))
    leave_models()
    assert requests()[-1]['headers'].get('Authorization') == 'Bearer ' + KEY, requests()[-1]['headers']
    assert not asked(), 'a product was asked about before anybody agreed'


def key_is_nowhere():
    """Neither in the library nor in what the program says"""
    for path in library.rglob('*'):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes(), path
    assert KEY not in app.text()
    assert (work / 'keyring').exists()


def all_suggested():
    App.until(lambda: all(row.get('stage') != 'new' for row in cli('products', '--json')), 120, 'drafts of this computer')


def agreed():
    """What will go is shown, and nothing goes before it was agreed to"""
    app.key('alt+1')
    time.sleep(1)
    app.key('ctrl+a')
    time.sleep(0.5)
    app.key('ctrl+k')
    send = app.find('button', lambda have: have.replace('_', '') == 'Send Texts and Photos', timeout=30)
    app.find(where=lambda node: node.get_text_iface() and f'http://127.0.0.1:{port}/qwen' in text_of(node))
    app.has_text('It will stop before the budget is passed')
    shown = text_of(app.find('text', 'The texts, exactly as they go'))
    time.sleep(0.5)
    app.shot(shots / 'engines-2-consent.png')
    walk_page(app)
    assert not asked(), 'it was sent before it was agreed to'
    app.press(send)
    App.until(asked, 30, 'a request about a product')
    told['shown'] = shown


def as_shown():
    """What was shown is what went: every fact, and the picture without its place"""
    sent = [json.loads(each['body']) for each in asked()]
    texts = [part['text'] for body in sent for message in body['messages'] for part in
             (message['content'] if isinstance(message['content'], list) else [{'type': 'text', 'text': message['content']}])
             if part['type'] == 'text' and message['role'] == 'user']
    assert any(text.split('----')[1].strip() in told['shown'] for text in texts), (told['shown'], texts)
    for each in asked():
        assert each['pictures'], 'no photo went along'
        for picture in each['pictures']:
            assert picture['type'] == 'image/jpeg' and max(picture['width'], picture['height']) <= 1536, picture
            assert not picture['gps'] and not picture['exif'] and not picture['xmp'], {**picture, 'base64': ''}


def spent():
    return rows('SELECT total (max (cost, 0)) FROM sent')[0][0] / 1e6


def in_flight():
    return rows("SELECT count (*) FROM sent WHERE state = 'in-flight'")[0][0]


def answered():
    return {row[0] for row in rows("SELECT DISTINCT product FROM sent WHERE state = 'answered' AND product IS NOT NULL")}


def at_budget():
    """It ends before the budget does, says so, and offers to go on"""
    app.until(lambda: app.all('button', lambda have: have.replace('_', '') == 'Go On'), 60, 'what is left over')
    App.until(lambda: in_flight() == 0, 20, 'the last answer')
    app.shot(shots / 'engines-3-budget.png')
    walk_page(app)
    assert 0 < spent() <= BUDGET, f'{spent()} of {BUDGET}'
    assert 0 < len(answered()) < len(NOTES), answered()
    assert len(asked()) == rows('SELECT count (*) FROM sent WHERE product IS NOT NULL')[0][0]


def more_budget():
    app.key('alt+5')
    app.press(button('Change…'))
    time.sleep(0.8)
    set_budget('50')
    save('Save and Test')
    app.press(button('Done'))
    leave_models()


def stopped():
    """Within two seconds nothing is under way any more, and nothing begins"""
    before = len(asked())
    app.press(button('Go On'))
    App.until(lambda: len(asked()) > before, 20, 'the next request')
    app.press(app.find('button', 'Stop'))
    began = time.monotonic()
    App.until(lambda: in_flight() == 0, 5, 'the requests to end')
    took = time.monotonic() - began
    assert took < 2.5, f'{took:.1f} s'
    n = len(asked())
    time.sleep(2)
    assert len(asked()) == n, 'it went on asking'
    assert len(answered()) < len(NOTES)
    app.shot(shots / 'engines-4-stopped.png')


def gone_on():
    """Once more, to the end; nothing that was answered is asked again"""
    had = answered()
    app.press(app.find('button', lambda have: have.replace('_', '') == 'Go On', timeout=20))
    App.until(lambda: len(answered()) == len(NOTES) and in_flight() == 0, 90, 'an answer about every product')
    often = rows("SELECT product, count (*) FROM sent WHERE state = 'answered' AND product IS NOT NULL GROUP BY product")
    assert all(count == 1 for product, count in often if product in had), often
    assert not rows("SELECT 1 FROM sent WHERE state IN ('failed', 'refused')")


def marked():
    """What stands in no fact is marked, on disk and in the window"""
    engine = rows('SELECT id FROM engine_setup')[0][0]
    evidence = [json.loads(row[0]) for row in rows('SELECT evidence FROM suggestion WHERE engine = ? AND evidence IS NOT NULL', engine)]
    assert any('unsourced' in json.dumps(each) for each in evidence), evidence[:1]
    app.key('alt+2')
    time.sleep(1)
    app.has_text('Some of it has no source', timeout=20)
    app.shot(shots / 'engines-5-review.png')
    walk_page(app)


def decided():
    """With keys alone; what cannot be accepted is left open"""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        if not any(row.get('stage') == 'review' for row in cli('products', '--json')):
            return
        app.key('a', 'a', 'a')
        time.sleep(0.1)
    raise AssertionError(f'still to review: {cli("products", "--json")}')


def approve_buttons():
    return app.all('button', lambda have: have.replace('_', '').startswith('Approve'))


def published():
    app.key('alt+3')
    ready = [row for row in cli('products', '--json') if row.get('stage') == 'ready']
    assert ready, f'nothing is ready: {cli("products", "--json")}'
    time.sleep(1)
    app.key('ctrl+a')
    time.sleep(0.5)
    app.press(approve_buttons()[0])
    App.until(lambda: len(approve_buttons()) > 1, 20, 'the button that signs')
    time.sleep(2)
    app.press(approve_buttons()[-1])
    App.until(lambda: sum(row.get('state') == 'done' for row in cli('outbox', '--json')) >= len(ready), 90, 'every listing there')


def listed():
    """Everything that was sent is there to be read"""
    app.key('alt+5')
    app.click(app.find('list item', lambda have: have.startswith('What Was Sent')))
    app.has_text('qwen3-vl-plus', timeout=20)
    time.sleep(0.5)
    app.shot(shots / 'engines-6-sent.png')
    walk_page(app)
    app.key('Escape')


def case(name, run):
    """One that fails leaves how the window looked"""
    passed = tap.case(name, run)
    if not passed and app and app.process.poll() is None:
        app.shot(shots / 'engines-failed.png')
    return passed


def uncomplaining():
    complaints = app.complaints()
    assert not complaints, '\n'.join(complaints)


BUDGET = 0.45
told = {}
server, port = start_server()
try:
    prepare()
    start()
    case('drafts of this computer come first', all_suggested)
    if case('a key is pasted, and the model answers', added) and case('what goes is shown and agreed to', agreed):
        case('the key is nowhere but in the keyring', key_is_nowhere)
        if case('a month\'s budget is not passed', at_budget) and case('the budget is raised', more_budget):
            case('a person stops it', stopped)
            case('it goes on to the end', gone_on)
            case('what went is what was shown', as_shown)
        case('what has no source is marked', marked)
        case('it is decided with keys', decided)
        case('what was signed is published', published)
        case('what was sent is listed', listed)
    case('the program ends when asked to', app.close)
finally:
    server.send_signal(signal.SIGTERM)
    server.wait()
    if app and app.process.poll() is None:
        app.process.kill()
    for line in (app.text() if app else '').splitlines():
        print('# ' + line)
    case('nothing was complained about', uncomplaining)
    if os.environ.get('CS_KEEP') is None:
        shutil.rmtree(work, ignore_errors=True)
sys.exit(tap.end())
