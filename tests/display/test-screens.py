# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page, light and dark, narrow to wide, English and Chinese: what a screen
reader meets on it, what Tab reaches, and a screenshot of it in the build folder.

test-screens.py PREFIX SOURCE SHOTS [all]"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from ui import App, Tap, sh  # noqa: E402
from tree import has_focus_within, reached_by_tab, walk_page  # noqa: E402

prefix, source, shots = map(Path, sys.argv[1:4])
work = Path(tempfile.mkdtemp(prefix='countersign-screens.'))
library = work / 'library'
# Models are the person's, not the library's: here there are none
os.environ['XDG_DATA_HOME'] = str(work / 'data')
tap = Tap()

PAGES = ['products', 'review', 'ready', 'published']
FEW = [('light', 1280, 'en'), ('dark', 360, 'zh_CN'), ('light', 760, 'zh_TW'), ('dark', 1900, 'en')]
ALL = [(scheme, width, language) for scheme in ('light', 'dark') for width in (360, 800, 1280, 1900)
       for language in ('en', 'zh_CN')]


def start(scheme='light', language='en', folder=library):
    env = {'ADW_DEBUG_COLOR_SCHEME': 'prefer-' + scheme, 'TZ': 'UTC'}
    if language != 'en':
        env |= {'LANG': language + '.UTF-8', 'LC_ALL': language + '.UTF-8', 'LANGUAGE': language}
    app = App([prefix / 'bin' / 'countersign', '--library', folder], work / 'log.txt', env)
    app.focus()
    time.sleep(1)
    return app


def show(app, index):
    app.key(f'alt+{index + 1}')
    time.sleep(1.2)


def prepare():
    """Sample products: some to review, some ready, some published, all by the window's own keys"""
    subprocess.run([prefix / 'bin' / 'countersign-cli', '--library', library, 'import', '--samples'],
                   check=True, capture_output=True)
    subprocess.run([prefix / 'bin' / 'countersign-cli', '--library', library, 'suggest'], check=True,
                   capture_output=True, timeout=300)
    app = start()
    show(app, 1)
    for _ in range(5):
        app.key('shift+a')
        time.sleep(0.8)
    show(app, 2)
    time.sleep(1)
    app.key('ctrl+a')
    time.sleep(0.5)
    approve = app.all('button', lambda have: have.replace('_', '').startswith('Approve'))
    if approve:
        app.press(approve[0])
        time.sleep(3)
        app.press(app.all('button', lambda have: have.replace('_', '').startswith('Approve'))[-1])
        time.sleep(4)
    show(app, 1)
    for _ in range(3):
        app.key('shift+a')
        time.sleep(0.8)
    app.close()


def sweep(scheme, width, language):
    app = start(scheme, language)
    try:
        sh('xdotool', 'windowsize', '--sync', app.window(), str(width), str(min(900, max(640, width * 5 // 8))))
        time.sleep(0.8)
        for index, name in enumerate(PAGES):
            show(app, index)
            app.shot(shots / f'{name}-{scheme}-{width}-{language}.png')
            tap.case(f'{name}, {scheme}, {width} px, {language}: everything has a name', lambda: walk_page(app))
            if scheme == 'light':
                tap.case(f'{name}, {width} px, {language}: the keys go to the page',
                         lambda: has_focus_within(app, width > 760))
                tap.case(f'{name}, {width} px, {language}: Tab reaches everything',
                         lambda: reached_by_tab(app, language))
        over(app, scheme, width, language)
        complaints = app.complaints()
        tap.case(f'{scheme}, {width} px, {language}: nothing was complained about', lambda: fail_with(complaints))
    finally:
        app.close()


def over(app, scheme, width, language):
    """What lies over a page: the models, and the brush in the review"""
    for name, keys in (('models', ['alt+5']), ('sent', ['alt+6']), ('brush', ['alt+2', 'm'])):
        for key in keys:
            app.key(key)
            time.sleep(1.2)
        app.shot(shots / f'{name}-{scheme}-{width}-{language}.png')
        tap.case(f'{name}, {scheme}, {width} px, {language}: everything has a name', lambda: walk_page(app))
        if scheme == 'light':
            tap.case(f'{name}, {width} px, {language}: Tab reaches everything',
                     lambda: reached_by_tab(app, language))
        app.key('Escape')
        time.sleep(0.5)


def fail_with(lines):
    assert not lines, '\n'.join(lines)


def empty(scheme, width, language):
    app = start(scheme, language, work / f'empty-{scheme}-{width}-{language}')
    try:
        sh('xdotool', 'windowsize', '--sync', app.window(), str(width), '700')
        for index, name in enumerate(PAGES):
            show(app, index)
            app.shot(shots / f'empty-{name}-{scheme}-{width}-{language}.png')
            tap.case(f'empty {name}, {scheme}, {width} px, {language}: everything has a name', lambda: walk_page(app))
    finally:
        app.close()


try:
    if tap.case('a library with something on every page', prepare):
        for variant in ALL if 'all' in sys.argv[4:] else FEW:
            sweep(*variant)
    empty('light', 1280, 'en')
    empty('dark', 360, 'zh_CN')
finally:
    if os.environ.get('CS_KEEP') is None:
        shutil.rmtree(work, ignore_errors=True)
sys.exit(tap.end())
