# SPDX-License-Identifier: GPL-3.0-or-later
"""The brush in the real window: a photo that nothing was found in, brushed from
nothing with the mouse and with keys; a stroke undone, all of it left, and all of
it kept. The picture that comes of it is held against its mask and its receipt.

test-brush.py PREFIX SOURCE SHOTS"""

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
import numpy

gi.require_version('Atspi', '2.0')
gi.require_version('GdkPixbuf', '2.0')
from gi.repository import Atspi, GdkPixbuf  # noqa: E402

sys.path.insert(0, str(Path(__file__).parent))
from tree import reached_by_tab, walk_page  # noqa: E402
from ui import App, Tap, sh  # noqa: E402

prefix, source, shots = map(Path, sys.argv[1:4])
work = Path(tempfile.mkdtemp(prefix='countersign-brush.'))
library = work / 'library'
env = {'XDG_DATA_HOME': str(work / 'data')}
photo = source / 'data' / 'samples' / 'glazed-mug' / '1.jpg'
network = Path(os.environ.get('CS_SHARED') or '/nowhere', 'models', 'u2netp.onnx')
tap = Tap()
app = None
before = {}

# Parts of the photo: within the mug's body, and a place on the table
BODY = (0.5, 0.5)
TABLE = (0.06, 0.9)


def cli(*words):
    run = subprocess.run([prefix / 'bin' / 'countersign-cli', '--library', library, *words],
                         capture_output=True, text=True, timeout=120, env={**os.environ, **env})
    assert run.returncode == 0, run.stderr
    return run.stdout


def suggestion():
    """The picture that is suggested now, as it is on disk"""
    with sqlite3.connect(f'file:{library / "library.db"}?mode=ro', uri=True) as db:
        db.row_factory = sqlite3.Row
        rows = db.execute("SELECT s.* FROM suggestion s JOIN item i ON i.id = s.item"
                          " WHERE i.field = 'picture' AND s.standing = 'current' ORDER BY s.id").fetchall()
    return dict(rows[-1])


def blob(digest):
    path = library / 'photos' / digest[:2] / digest
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
    return path


def pixels(path):
    """As numbers: height × width × colours"""
    loaded = GdkPixbuf.Pixbuf.new_from_file(str(path)).apply_embedded_orientation()
    flat = numpy.frombuffer(loaded.get_pixels(), dtype=numpy.uint8)
    rows = [flat[y * loaded.get_rowstride():][:loaded.get_width() * loaded.get_n_channels()]
            for y in range(loaded.get_height())]
    return numpy.stack(rows).reshape(loaded.get_height(), loaded.get_width(), -1)[:, :, :3]


def mask_at(mask, place):
    return int(mask[int(place[1] * mask.shape[0]), int(place[0] * mask.shape[1]), 0])


class Canvas:
    """Where the photo lies on the screen"""

    def __init__(self):
        self.node = app.find(name='The photo under the brush')
        self.x, self.y = app.center(self.node)
        own = self.node.get_extents(Atspi.CoordType.WINDOW)
        height, width = pixels(photo).shape[:2]
        scale = min(own.width / width, own.height / height)
        self.width, self.height = width * scale, height * scale

    def at(self, place):
        return (str(round(self.x + (place[0] - 0.5) * self.width)),
                str(round(self.y + (place[1] - 0.5) * self.height)))

    def drag(self, *places, button='1', hold=None):
        sh('xdotool', 'mousemove', '--sync', *self.at(places[0]))
        if hold:
            sh('xdotool', 'keydown', hold)
        sh('xdotool', 'mousedown', button)
        for a, b in zip(places, places[1:]):
            for i in range(1, 9):
                sh('xdotool', 'mousemove', '--sync',
                   *self.at((a[0] + (b[0] - a[0]) * i / 8, a[1] + (b[1] - a[1]) * i / 8)))
        sh('xdotool', 'mouseup', button)
        if hold:
            sh('xdotool', 'keyup', hold)
        time.sleep(0.2)


def enter():
    app.key('m')
    canvas = Canvas()
    App.until(lambda: app.all('button', 'Done') and
              app.all('button', 'Done')[0].get_state_set().contains(Atspi.StateType.SENSITIVE), 10, 'the brush')
    return canvas


def left():
    App.until(lambda: not app.all(name='The photo under the brush'), 10, 'the two pictures again')


def opened():
    global app
    shutil.copy(photo, work / 'mug.jpg')
    cli('import', str(work / 'mug.jpg'))
    cli('suggest')
    before.update(suggestion())
    app = App([prefix / 'bin' / 'countersign', '--library', library], work / 'log.txt', env)
    app.focus()
    sh('xdotool', 'windowsize', '--sync', app.window(), '1280', '800')
    time.sleep(1)
    app.key('alt+2')
    app.find('button', lambda have: have.startswith('Accept'))
    time.sleep(1)
    assert before['mask'] is None, 'something was found without a network'


def cancelled():
    canvas = enter()
    canvas.drag(BODY, (0.55, 0.55))
    app.shot(shots / 'brush-1-stroke.png')
    walk_page(app)
    app.key('Escape')
    left()
    time.sleep(1)
    assert suggestion()['id'] == before['id'], 'something was suggested all the same'
    enter()
    app.key('Return')
    left()
    time.sleep(0.5)
    assert suggestion()['id'] == before['id'], 'no stroke is nothing to keep'


def undone():
    """The stroke on the table is taken back, the ones on the mug stay"""
    canvas = enter()
    canvas.drag((0.42, 0.42), (0.58, 0.42), (0.58, 0.55), (0.42, 0.55))
    canvas.drag(TABLE, (TABLE[0] + 0.05, TABLE[1]))
    app.key('ctrl+z')
    time.sleep(0.2)
    app.shot(shots / 'brush-2-undone.png')


def by_keys():
    """Arrows move the brush from where the pointer is, well away from the stroke that was undone; Space puts it down and lifts it"""
    sh('xdotool', 'mousemove', '--sync', *Canvas().at((0.72, 0.5)))
    for _ in range(4):
        app.key('bracketright')
    app.key('Up', 'Up', 'space', *['Left'] * 6, 'space')
    time.sleep(0.3)
    app.shot(shots / 'brush-3-keys.png')
    app.key('Return')
    left()
    App.until(lambda: suggestion()['id'] != before['id'], 30, 'a picture with the brushed mask')
    time.sleep(1)
    app.shot(shots / 'brush-4-suggested.png')


def mask_kept():
    now = suggestion()
    assert json.loads(now['settings'])['mask'] == now['mask'], 'the recipe does not name the mask'
    mask = pixels(blob(now['mask']))
    assert mask_at(mask, (0.5, 0.42)) > 200, 'what was painted is not in the mask'
    assert mask_at(mask, TABLE) == 0, 'the stroke that was undone is in the mask'
    share = (mask[:, :, 0] > 127).mean()
    assert 0.01 < share < 0.6, f'{share:.3f} of the photo is in the mask'


def fits_its_receipt():
    """The file itself, put beside mask and photo by the receipt's geometry"""
    now = suggestion()
    receipt = json.loads(now['receipt'])
    where = receipt['geometry']
    picture = pixels(blob(now['picture']))
    mask = pixels(blob(now['mask']))[:, :, 0]
    assert receipt['picture'] == now['picture']
    assert receipt['known'] and receipt['within']
    assert picture.shape[:2] == (where['out_height'], where['out_width'])
    if abs(where['turn']) > 0.01:
        return
    xs = where['x'] + (numpy.arange(where['out_width']) + 0.5) / where['out_width'] * where['width']
    ys = where['y'] + (numpy.arange(where['out_height']) + 0.5) / where['out_height'] * where['height']
    inside = numpy.outer((ys >= 0) & (ys < 1), (xs >= 0) & (xs < 1))
    laid = mask[numpy.clip((ys * mask.shape[0]).astype(int), 0, mask.shape[0] - 1)][
        :, numpy.clip((xs * mask.shape[1]).astype(int), 0, mask.shape[1] - 1)] * inside
    # What is wholly product, without the soft rim of strokes
    share = (laid >= 250).mean()
    assert abs(share - receipt['share']) < 0.02, f'{share:.4f} is product, the receipt says {receipt["share"]:.4f}'
    ground = picture[:picture.shape[0] // 8][laid[:picture.shape[0] // 8] == 0]
    assert ground.min() > 245, 'the background is not white'
    product = picture[laid > 250]
    assert product.mean() < 235, 'the product is not to be seen'


def taken_away():
    """With the right button, from what is there now"""
    old = suggestion()
    canvas = enter()
    canvas.drag((0.47, 0.42), (0.53, 0.42), button='3')
    app.key('Return')
    left()
    App.until(lambda: suggestion()['id'] != old['id'], 30, 'another picture')
    mask = pixels(blob(suggestion()['mask']))
    assert mask_at(mask, (0.5, 0.42)) < 60, 'what was taken away is there still'


def reached():
    enter()
    reached_by_tab(app)
    app.key('Escape')
    left()


def other_sizes():
    for width, height in ((360, 700), (1300, 860)):
        sh('xdotool', 'windowsize', '--sync', app.window(), str(width), str(height))
        time.sleep(0.8)
        app.key('m')
        app.find(name='The photo under the brush')
        time.sleep(0.8)
        app.shot(shots / f'brush-{width}.png')
        walk_page(app)
        app.key('Escape')
        left()


def network_added():
    """A file that the seller has, by the command line; the page of models shows it in use"""
    cli('models', 'add', str(network))
    app.key('alt+5')
    app.click(app.find(('toggle button', 'radio button', 'tab', 'page tab'), 'Cut-out'))
    app.has_text('finds the product in a photo')
    app.has_text('In use')
    app.shot(shots / 'brush-5-models.png')
    walk_page(app)


def uncomplaining():
    complaints = app.complaints()
    assert not complaints, '\n'.join(complaints)


try:
    if tap.case('a photo that nothing was found in', opened):
        tap.case('left with Escape, nothing is changed', cancelled)
        if tap.case('a stroke is undone, and only that', undone) and tap.case('painted with keys, and kept', by_keys):
            tap.case('the mask is what was painted', mask_kept)
            tap.case('the picture fits its receipt', fits_its_receipt)
            tap.case('the right button takes away', taken_away)
        tap.case('Tab reaches everything', reached)
        tap.case('narrow and wide', other_sizes)
        if network.exists():
            tap.case('a network from a file', network_added)
        else:
            tap.skip('a network from a file', 'CS_SHARED has none')
        tap.case('the program ends when asked to', app.close)
finally:
    if app and app.process.poll() is None:
        app.process.kill()
    text = app.text() if app else ''
    for line in text.splitlines():
        print('# ' + line)
    if app:
        tap.case('nothing was complained about', uncomplaining)
    if os.environ.get('CS_KEEP') is None:
        shutil.rmtree(work, ignore_errors=True)
sys.exit(tap.end())
