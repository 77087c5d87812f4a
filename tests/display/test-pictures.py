# SPDX-License-Identifier: GPL-3.0-or-later
"""The picture pane in the real window: sliders by keys and by pointer, a photo
that is really there, and the picture that is kept against its receipt.

test-pictures.py PREFIX SOURCE SHOTS"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import gi

gi.require_version('Atspi', '2.0')
gi.require_version('GdkPixbuf', '2.0')
from gi.repository import Atspi, GdkPixbuf  # noqa: E402

sys.path.insert(0, str(Path(__file__).parent))
from tree import reached_by_tab, walk_page  # noqa: E402
from ui import App, Tap, sh  # noqa: E402

prefix, source, shots = map(Path, sys.argv[1:4])
work = Path(tempfile.mkdtemp(prefix='countersign-pictures.'))
library = work / 'library'
shared = Path(os.environ.get('CS_SHARED') or '/nowhere')
model = shared / 'models' / 'u2netp.onnx'
os.environ['XDG_DATA_HOME'] = str(work / 'data')
tap = Tap()
app = None


def start(scheme='light', language='en', width=1280, height=800):
    global app
    env = {'ADW_DEBUG_COLOR_SCHEME': 'prefer-' + scheme, 'TZ': 'UTC'}
    if language != 'en':
        env |= {'LANG': language + '.UTF-8', 'LC_ALL': language + '.UTF-8', 'LANGUAGE': language}
    app = App([prefix / 'bin' / 'countersign', '--library', library], work / 'log.txt', env)
    app.focus()
    sh('xdotool', 'windowsize', '--sync', app.window(), str(width), str(height))
    time.sleep(1)
    app.key('alt+2')
    time.sleep(2)


def cli(*words):
    run = subprocess.run([prefix / 'bin' / 'countersign-cli', '--library', library, *words],
                         capture_output=True, text=True, timeout=180)
    assert run.returncode == 0, run.stderr
    return run.stdout


def photos():
    """A real photo where there is one, and one that no product stands out in"""
    folder = work / 'shoe'
    folder.mkdir()
    real = shared / 'photos'
    samples = source / 'data' / 'samples'
    first = real / 'Shoes_61bbb3a2-2ee0-47bd-b3f9-2675b3076302.jpg'
    second = real / 'Shoes_abea332f-bcad-413b-9d82-9e3f4bc22ffa.jpg'
    if not first.exists():
        first, second = samples / 'bamboo-basket' / '1.jpg', samples / 'bamboo-basket' / '2.jpg'
    shutil.copy(first, folder / '1.jpg')
    shutil.copy(second, folder / '2.jpg')
    empty = GdkPixbuf.Pixbuf.new(GdkPixbuf.Colorspace.RGB, False, 8, 900, 700)
    empty.fill(0x8c8a86ff)
    empty.savev(str(folder / '3.jpg'), 'jpeg', ['quality'], ['90'])
    return folder


def prepare():
    if model.exists():
        cli('models', 'add', str(model))
    cli('import', str(photos()))
    cli('suggest')


def shot_all(name):
    """With what lies over the window"""
    subprocess.run(['import', '-window', 'root', '-crop', '1290x830+50+40', str(shots / name)], check=False)


def suggestion(name='1.jpg'):
    """What is suggested for a photo now, as another program reads it from the disk"""
    with sqlite3.connect(f'file:{library / "library.db"}?mode=ro', uri=True) as db:
        db.row_factory = sqlite3.Row
        row = db.execute('SELECT s.* FROM suggestion s JOIN item i ON i.id = s.item '
                         "JOIN photo p ON p.id = i.photo "
                         "WHERE s.standing = 'current' AND i.field = 'picture' AND p.name = ?", (name,)).fetchone()
    return dict(row) if row else None


def settings():
    return json.loads(suggestion()['settings'])


def slider(name):
    return app.find('slider', lambda have: name in have)


def value(node):
    return node.get_value_iface().get_current_value()


def unsure_first():
    """The photo that nothing was found in is the first to be seen, and says why"""
    row = suggestion('3.jpg')
    assert row['abstains'], row['text']
    app.has_text(row['text'].split('\n')[0])  # in the list, too
    first = min(name for name in ('1.jpg', '2.jpg', '3.jpg') if suggestion(name)['abstains'])
    app.has_text(f'Photo {first[0]} of 3')
    app.shot(shots / 'pictures-1-unsure.png')


def to_first_photo():
    for _ in range(3):
        app.key('Page_Up')
    app.has_text('Photo 1 of 3')
    time.sleep(1)


def moved_by_keys():
    """E on a picture goes to its sliders"""
    node = slider('polished')
    app.key('e')
    before = suggestion()['id']
    was = value(node)
    app.key('Right', 'Right', 'Right')
    App.until(lambda: value(node) > was + 0.1, 30, 'the slider')
    App.until(lambda: suggestion()['id'] != before, 30, 'another suggestion')
    assert abs(settings()['polish'] - value(node)) < 0.002, (settings(), value(node))
    app.shot(shots / 'pictures-2-keys.png')
    before = suggestion()['id']
    app.key('BackSpace')
    App.until(lambda: suggestion()['id'] != before, 30, 'the usual again')
    assert settings()['polish'] == 0.35, settings()


def ends(node):
    x, y = app.center(node)
    box = node.get_extents(0)
    return x - box.width // 2 + 8, x + box.width // 2 - 8, y


def dragged():
    """Each step of the hand is shown; nothing is made before it lets go"""
    node = slider('airy')
    left, right, y = ends(node)
    before = suggestion()['id']
    at = left + (right - left) * value(node)
    sh('xdotool', 'mousemove', '--sync', str(int(at)), str(y), 'mousedown', '1')
    for step in range(1, 9):
        sh('xdotool', 'mousemove', '--sync', str(int(at + (right - at) * step / 8)), str(y))
        time.sleep(0.12)
    time.sleep(0.8)
    app.shot(shots / 'pictures-3-held.png')
    assert suggestion()['id'] == before, 'made while it was held'
    sh('xdotool', 'mouseup', '1')
    App.until(lambda: suggestion()['id'] != before, 30, 'another suggestion')
    assert settings()['air'] > 0.9, settings()
    time.sleep(1)
    app.shot(shots / 'pictures-4-airy.png')


def checked_against_receipt():
    """The picture on the disk is the one that was measured, and as large as its receipt says"""
    row = suggestion()
    receipt = json.loads(row['receipt'])
    kept = [path for path in (library / 'photos').rglob('*') if path.is_file() and row['picture'] in path.name]
    assert kept, row['picture']
    digest = hashlib.sha256(kept[0].read_bytes()).hexdigest()
    assert digest == row['picture'] == receipt['picture'], (digest, receipt)
    size = GdkPixbuf.Pixbuf.get_file_info(str(kept[0]))
    geometry = receipt['geometry']
    assert (size[1], size[2]) == (geometry['out_width'], geometry['out_height']), (size[1:], geometry)
    assert receipt['within'] is True, receipt
    assert receipt['polish'] == settings()['polish'], receipt


def badge_tells():
    receipt = json.loads(suggestion()['receipt'])
    words = 'Product unchanged' if receipt['changed'] == 0 else 'ΔE'
    badge = app.find(('toggle button', 'button'), lambda have: have.startswith('Receipt:'))
    assert words in badge.get_name(), (badge.get_name(), receipt)
    app.click(badge)
    app.has_text('Added by saving')
    time.sleep(0.4)
    shot_all('pictures-5-receipt.png')
    walk_page(app)
    app.key('Escape')


def changes_shown():
    app.press(app.find(('radio button', 'toggle button'), 'Changes'))
    app.has_text('Changed a lot')
    time.sleep(1.5)
    app.shot(shots / 'pictures-6-changes.png')
    for name in ('Wipe', 'Blink', 'Side by side'):
        app.press(app.find(('radio button', 'toggle button'), name))
        time.sleep(0.5)
        app.shot(shots / f'pictures-7-{name.split()[0].lower()}.png')


def parts_shown():
    app.click(app.find(('toggle button', 'button'), 'More'))
    time.sleep(0.6)
    shot_all('pictures-8-more.png')
    walk_page(app)
    before = suggestion()['id']
    app.find('check box', 'Straighten')
    app.key('space')
    App.until(lambda: suggestion()['id'] != before, 30, 'another suggestion')
    assert settings()['straighten'] is False, settings()
    app.key('Escape')


def decisions():
    with sqlite3.connect(f'file:{library / "library.db"}?mode=ro', uri=True) as db:
        return db.execute('SELECT count (*) FROM decision').fetchone()[0]


def decided_with_key():
    """A key decides with the focus in a slider; the sliders of what is decided stand still"""
    app.key('e')
    before = decisions()
    time.sleep(0.5)
    app.key('a')
    App.until(lambda: decisions() == before + 1, 10, 'the decision')
    time.sleep(1)
    to_first_photo()
    App.until(lambda: app.all(name=lambda have: have.startswith('This picture is decided')), 10, 'the hint')
    assert not slider('polished').get_state_set().contains(Atspi.StateType.SENSITIVE)
    app.shot(shots / 'pictures-9-decided.png')
    app.key('ctrl+z')
    App.until(lambda: slider('polished').get_state_set().contains(Atspi.StateType.SENSITIVE), 10, 'the slider, free again')
    time.sleep(4)  # what was taken back is said, and goes


def same_on_all():
    """As on all photos of this product: the other photo's recipe is this one's now"""
    wanted = settings()
    assert json.loads(suggestion('2.jpg')['settings'])['air'] != wanted['air']
    app.key('ctrl+d')
    App.until(lambda: json.loads(suggestion('2.jpg')['settings'])['air'] == wanted['air'], 60, 'the other photo')


def abstained():
    """Where nothing cuts out or no mask can be right, the page says so and how to get on"""
    cli('models', 'use', 'none')
    plain = work / 'plain'
    plain.mkdir()
    shutil.copy(source / 'data' / 'samples' / 'glazed-mug' / '1.jpg', plain / 'mug.jpg')
    cli('import', str(plain / 'mug.jpg'))
    cli('suggest')


def looked_at(scheme, language, width):
    start(scheme, language, width, max(640, min(900, width * 5 // 8)))
    try:
        app.shot(shots / f'pictures-{scheme}-{width}-{language}.png')
        walk_page(app)
        page = app.all('radio button')
        if len(page) > 3:
            app.press(page[3])
            time.sleep(1.5)
            app.shot(shots / f'pictures-changes-{scheme}-{width}-{language}.png')
        complaints = app.complaints()
        assert not complaints, '\n'.join(complaints)
    finally:
        app.close()


def uncomplaining():
    complaints = app.complaints()
    assert not complaints, '\n'.join(complaints)


try:
    if tap.case('photos with suggested pictures', prepare):
        start()
        app.shot(shots / 'pictures-1.png')
        tap.case('everything has a name', lambda: walk_page(app))
        if model.exists():
            tap.case('a photo that nothing was found in comes first', unsure_first)
        else:
            tap.skip('a photo that nothing was found in comes first', 'there is no model to look with')
        tap.case('from photo to photo', to_first_photo)
        tap.case('keys move a slider and the picture is made', moved_by_keys)
        tap.case('a drag shows each step and makes one picture', dragged)
        tap.case('the kept picture is as its receipt says', checked_against_receipt)
        tap.case('the badge tells the receipt', badge_tells)
        tap.case('changes are shown', changes_shown)
        tap.case('a part is a switch', parts_shown)
        tap.case('all photos of the product alike', same_on_all)
        tap.case('a key decides with the focus in a slider', decided_with_key)
        # Next is off as soon as the focus comes by the last photo's rows
        tap.case('Tab reaches everything', lambda: reached_by_tab(app, but=('Next photo',)))
        tap.case('the program ends when asked to', app.close)
        for look in (('dark', 'zh_CN', 360), ('light', 'en', 360), ('dark', 'en', 1900), ('light', 'zh_TW', 760)):
            tap.case(f'looks {look}', lambda: looked_at(*look))
        tap.case('a photo without a model', abstained)
        tap.case('looks without a model', lambda: looked_at('light', 'en', 1280))
finally:
    if app and app.process.poll() is None:
        app.process.kill()
    for line in (app.text() if app else '').splitlines():
        print('# ' + line)
    tap.case('nothing was complained about', uncomplaining)
    if os.environ.get('CS_KEEP') is None:
        shutil.rmtree(work, ignore_errors=True)
sys.exit(tap.end())
