# SPDX-License-Identifier: GPL-3.0-or-later
"""A scene behind a real product in the real window, with keys: one is chosen, what
goes is shown and agreed to, the picture says who painted it, own words are typed,
the very same is not paid for twice, and the visible mark is taken away. The model
is tests/engines/model_server.py.

test-scenes.py PREFIX SOURCE SHOTS"""

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
work = Path(tempfile.mkdtemp(prefix='countersign-scenes.'))
library = work / 'library'
log = work / 'requests'
shared = Path(os.environ.get('CS_SHARED') or '/nowhere')
model = shared / 'models' / 'u2netp.onnx'
photo = shared / 'photos' / 'Hat_79307c6e-cc11-422f-8b55-d01148cc94b3.jpg'
tap = Tap()
app = None
PAINTER = 'seedream'
WORDS = 'On a mat of reeds by the sea'
ENV = {'SECRET_BACKEND': 'file', 'SECRET_FILE_TEST_PATH': str(work / 'keyring'), 'SECRET_FILE_TEST_PASSWORD': 'of a test',
       # What is remembered is remembered on disk
       'GSETTINGS_BACKEND': 'keyfile', 'XDG_CONFIG_HOME': str(work / 'config'), 'XDG_DATA_HOME': str(work / 'data')}


def cli(*words, key=None):
    run = subprocess.run([prefix / 'bin' / 'countersign-cli', '--library', library, *words], env={**os.environ, **ENV},
                         input=key, capture_output=True, text=True, timeout=180)
    assert run.returncode == 0, run.stderr
    return run.stdout


def rows(query, *values):
    """As they are on disk, read while the window holds the library"""
    with sqlite3.connect(f'file:{library / "library.db"}?mode=ro', uri=True) as db:
        return db.execute(query, values).fetchall()


def asked():
    if not log.exists():
        return []
    every = [json.loads(line) for line in log.read_text().splitlines()]
    return [each for each in every if each['path'].endswith('/images/generations') and each.get('pictures')]


def in_flight():
    return rows("SELECT count (*) FROM sent WHERE state = 'in-flight'")[0][0]


def painted():
    """What stands for the picture by the model: (id, recipe)"""
    found = rows("SELECT id, settings FROM suggestion WHERE engine = ? AND standing = 'current'", PAINTER)
    return (found[0][0], json.loads(found[0][1])) if found else (0, {})


def start():
    global app
    app = App([prefix / 'bin' / 'countersign', '--library', library], work / 'log.txt', env=ENV)
    app.focus()
    app.key('alt+2')
    app.find('button', 'Scene…', timeout=30)
    time.sleep(1)


def prepare():
    (work / 'config').mkdir()
    folder = work / 'hat'
    folder.mkdir()
    shutil.copy(photo, folder / '1.jpg')
    cli('models', 'add', str(model))
    cli('import', str(folder))
    cli('suggest')
    cli('engine', 'add', PAINTER, '--address', f'http://127.0.0.1:{port}/seedream/v1', '--price-picture', '0.22',
        '--currency', 'CNY', '--key-fd', '0', key='sk-1\n')


def button(name):
    return app.find('button', lambda have: have.replace('_', '') == name, timeout=30)


def usable(name):
    """The button, once it can be pressed"""
    return app.find('button', lambda have: have.replace('_', '') == name,
                    where=lambda node: node.get_state_set().contains(Atspi.StateType.SENSITIVE), timeout=30)


def chosen():
    return [node.get_name() for node in app.all('radio button')
            if node.get_state_set().contains(Atspi.StateType.CHECKED) and node.get_name() in SCENES]


def text_of(node):
    return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))


def none_goes_yet():
    assert not asked(), 'a model was asked before anybody said so'


def scene_chosen():
    """P, and the arrows: the cost stands beside it, and Enter goes on"""
    app.key('p')
    app.find('radio button', 'On a wooden table by a window')
    time.sleep(0.7)
    assert chosen() == ['On a wooden table by a window'], chosen()
    app.key('Down', 'Down')
    App.until(lambda: chosen() == ['On pale stone'], 30, 'the third scene')
    app.has_text('0.22', timeout=60)
    app.shot(shots / 'scenes-1-chosen.png')
    walk_page(app)
    none_goes_yet()
    app.key('Return')


def agreed():
    """The scene is in what is shown before it goes"""
    send = button('Send Texts and Photos')
    shown = text_of(app.find('text', 'The texts, exactly as they go'))
    assert '光滑的浅色石台' in shown, shown
    time.sleep(0.5)
    app.shot(shots / 'scenes-2-consent.png')
    walk_page(app)
    none_goes_yet()
    app.press(send)
    App.until(lambda: painted()[0] and in_flight() == 0, 60, 'the picture')
    assert len(asked()) == 1 and '光滑的浅色石台' in asked()[0]['body'], [each['path'] for each in asked()]
    assert not any(each['gps'] or each['exif'] for each in asked()[0]['pictures'])


def says_who():
    """The picture that the model had a hand in is shown with that, and with the mark that its market asks for"""
    assert painted()[1]['mark'] == 'zh' and painted()[1]['scene'] == 'stone', painted()
    app.has_text('Painted by Seedream', timeout=20)
    switch = app.find('toggle button', 'AI mark')
    assert switch.get_state_set().contains(Atspi.StateType.PRESSED) or switch.get_state_set().contains(Atspi.StateType.CHECKED)
    time.sleep(1)
    app.shot(shots / 'scenes-3-painted.png')
    walk_page(app)


def not_paid_twice():
    """The same once more: it is said that it costs nothing, and nothing is asked"""
    n, sent = len(asked()), rows('SELECT count (*) FROM sent')
    app.key('p')
    app.has_text('painted before', timeout=60)
    assert chosen() == ['On pale stone'], chosen()
    app.shot(shots / 'scenes-4-again.png')
    app.press(usable('Use It'))
    time.sleep(2)
    assert len(asked()) == n and rows('SELECT count (*) FROM sent') == sent, 'it was paid for twice'


def own_words():
    """Typed, and asked for with Enter; another scene is another picture"""
    before = painted()[0]
    app.key('p')
    app.find('radio button', 'A scene in your own words')
    time.sleep(0.7)
    app.key('Tab')
    app.type(WORDS)
    App.until(lambda: chosen() == ['A scene in your own words'], 30, 'the own words to be chosen')
    app.has_text('0.22', timeout=60)
    app.shot(shots / 'scenes-5-words.png')
    app.key('Return')
    App.until(lambda: len(asked()) == 2 and in_flight() == 0 and painted()[0] != before, 60, 'another picture')
    assert WORDS in asked()[1]['body']
    assert painted()[1]['scene'] == WORDS, painted()


def mark_taken_away():
    """By the person's hand alone; the scene is not paid for again"""
    n, before = len(asked()), painted()[0]
    app.click(app.find('toggle button', 'AI mark'))
    App.until(lambda: rows("SELECT count (*) FROM suggestion WHERE standing = 'current' AND json_extract (settings, '$.scene') = ?"
                           " AND coalesce (json_extract (settings, '$.mark'), 'off') = 'off'", WORDS)[0][0], 60, f'another than {before}')
    assert len(asked()) == n, 'a switch of ours was paid for'
    time.sleep(1)
    app.shot(shots / 'scenes-6-unmarked.png')


def remembered():
    """Next time it begins with what was asked for last"""
    app.close()
    start()
    app.key('p')
    app.find('radio button', 'A scene in your own words')
    time.sleep(0.7)
    assert chosen() == ['A scene in your own words'], chosen()
    words = app.find(('text', 'entry'), 'Your own words for the scene')
    assert text_of(words) == WORDS, text_of(words)
    app.key('Escape')
    time.sleep(0.5)
    assert len(asked()) == 2, 'it was asked without a word'


def case(name, run):
    """One that fails leaves how the window looked"""
    passed = tap.case(name, run)
    if not passed and app and app.process.poll() is None:
        app.shot(shots / 'scenes-failed.png')
    return passed


def uncomplaining():
    complaints = app.complaints()
    assert not complaints, '\n'.join(complaints)


if not model.exists() or not photo.exists():
    tap.skip('a scene behind a real product', 'CS_SHARED has no models or no photos')
    shutil.rmtree(work, ignore_errors=True)
    sys.exit(tap.end())

SCENES = [each['words']['en'] for each in json.loads((source / 'data' / 'prompts' / 'scenes.json').read_text())['scenes']]
SCENES.append('A scene in your own words')
server = subprocess.Popen([sys.executable, '-B', source / 'tests' / 'engines' / 'model_server.py', '--log', log],
                          stdout=subprocess.PIPE, text=True)
port = int(server.stdout.readline().split()[1])
try:
    prepare()
    start()
    if case('a scene is chosen with keys', scene_chosen) and case('what goes is shown and agreed to', agreed):
        case('the picture says who painted it', says_who)
        case('the same scene is not paid for twice', not_paid_twice)
        if case('own words are asked for', own_words):
            case('the visible mark is taken away', mark_taken_away)
            case('the scene is remembered', remembered)
    case('the program ends when asked to', app.close)
finally:
    server.send_signal(signal.SIGTERM)
    server.wait()
    if app and app.process.poll() is None:
        app.process.kill()
    for line in (app.text() if app else '').splitlines():
        print('# ' + line)
    if app:
        case('nothing was complained about', uncomplaining)
    if os.environ.get('CS_KEEP') is None:
        shutil.rmtree(work, ignore_errors=True)
sys.exit(tap.end())
