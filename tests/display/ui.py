# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window: through the accessibility tree where a screen reader
would, and with real key presses and pointer movements where a person would."""

import os
import subprocess
import time
import traceback
from pathlib import Path

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

# A widget that goes away while it is read is no reason to stop reading
GONE = (GLib.Error, AttributeError)


def sh(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, **options).stdout.strip()


class App:
    """One running program and its accessibility tree"""

    def __init__(self, argv, log, env=None, timeout=30):
        self.log_path = Path(log)
        self.log = open(log, 'w')
        self.process = subprocess.Popen(argv, stdout=self.log, stderr=subprocess.STDOUT,
                                        env={**os.environ, **(env or {})})
        self.root = self.until(self._find_root, timeout, 'the program on the accessibility bus')
        self.until(self.window, timeout, 'a window')

    def _find_root(self):
        if self.process.poll() is not None:
            raise AssertionError('The program ended: ' + self.text()[-2000:])
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            try:
                app = desktop.get_child_at_index(i)
                if app and app.get_process_id() == self.process.pid and app.get_child_count():
                    return app
            except GONE:
                continue
        return None

    @staticmethod
    def until(ask, timeout=10, what='it'):
        end = time.monotonic() + timeout
        while True:
            answer = ask()
            if answer:
                return answer
            if time.monotonic() > end:
                raise AssertionError(f'waited {timeout} s in vain for {what}')
            time.sleep(0.1)

    def text(self):
        self.log.flush()
        return self.log_path.read_text(errors='replace')

    def complaints(self):
        """Warnings of the program; that this session has nobody who shows notifications is not its fault"""
        return [line for line in self.text().splitlines()
                if ('WARNING' in line or 'CRITICAL' in line) and 'org.freedesktop.Notifications' not in line]

    def windows(self):
        return sh('xdotool', 'search', '--onlyvisible', '--pid', str(self.process.pid)).split()

    def window(self):
        found = self.windows()
        return found[-1] if found else None

    def walk(self, node=None, depth=0):
        node = node or self.root
        yield node
        if depth > 60:
            return
        try:
            count = min(node.get_child_count(), 300)
        except GONE:
            return
        for i in range(count):
            try:
                child = node.get_child_at_index(i)
            except GONE:
                continue
            if child:
                yield from self.walk(child, depth + 1)

    @staticmethod
    def showing(node):
        states = node.get_state_set()
        return states.contains(Atspi.StateType.SHOWING) and states.contains(Atspi.StateType.VISIBLE)

    def all(self, role=None, name=None, where=None, within=None):
        """Every showing node of a role, whose name is (or, for a callable, fits) name"""
        found = []
        for node in self.walk(within):
            try:
                if role and node.get_role_name() not in ((role,) if isinstance(role, str) else role):
                    continue
                if name is not None:
                    have = node.get_name() or ''
                    if not (name(have) if callable(name) else have == name):
                        continue
                if not self.showing(node) or (where and not where(node)):
                    continue
                found.append(node)
            except GONE:
                continue
        return found

    def find(self, role=None, name=None, where=None, timeout=10):
        return self.until(lambda: (self.all(role, name, where) or [None])[0], timeout,
                          f'{role or "a widget"} “{name if not callable(name) else "…"}”')

    def has_text(self, words, timeout=10):
        """Any showing label or name that holds the words"""
        return self.until(lambda: self.all(name=lambda have: words in have), timeout, f'the words “{words}”')

    def press(self, node):
        assert node.get_action_iface() and node.do_action(0), 'nothing to press'

    def focus(self):
        sh('xdotool', 'windowactivate', '--sync', self.window())

    def key(self, *keys):
        sh('xdotool', 'key', '--delay', '30', *keys)

    def type(self, text):
        sh('xdotool', 'type', '--delay', '15', text)

    def center(self, node):
        """Where a widget's middle is on the screen: GTK tells extents within the window only"""
        top = node
        while top.get_role_name() not in ('frame', 'window', 'dialog'):
            top = top.get_parent()
        frame = top.get_extents(Atspi.CoordType.WINDOW)
        own = node.get_extents(Atspi.CoordType.WINDOW)
        place = dict(line.split('=') for line in
                     sh('xdotool', 'getwindowgeometry', '--shell', self.window()).splitlines())
        return (int(place['X']) + own.x - 2 * frame.x + own.width // 2,
                int(place['Y']) + own.y - 2 * frame.y + own.height // 2)

    def click(self, node):
        self.click_at(*self.center(node))

    def click_at(self, x, y):
        # One that is there already would be waited for in vain
        sh('xdotool', 'mousemove', str(x + 2), str(y), 'mousemove', '--sync', str(x), str(y), 'click', '1')

    def shot(self, path):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(['import', '-window', self.window(), str(path)], check=False)

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError('The program did not end when asked to')


def drag(uris, target, source_program):
    """Drags files from another window onto a place of the screen, as a person does"""
    source = subprocess.Popen(['python3', source_program, *uris], stdout=subprocess.PIPE, text=True)
    try:
        window = App.until(lambda: sh('xdotool', 'search', '--onlyvisible', '--name', '^DragSource$'), 10,
                           'the window to drag from').split()[-1]
        place = dict(line.split('=') for line in
                     sh('xdotool', 'getwindowgeometry', '--shell', window).splitlines())
        start = int(place['X']) + int(place['WIDTH']) // 2, int(place['Y']) + int(place['HEIGHT']) // 2
        time.sleep(0.5)
        sh('xdotool', 'mousemove', '--sync', str(start[0]), str(start[1]))
        sh('xdotool', 'mousedown', '1')
        for step in range(1, 11):
            x = start[0] + (target[0] - start[0]) * step // 10
            y = start[1] + (target[1] - start[1]) * step // 10
            sh('xdotool', 'mousemove', '--sync', str(x), str(y))
            time.sleep(0.04)
        time.sleep(0.4)
        sh('xdotool', 'mouseup', '1')
        time.sleep(0.5)
    finally:
        source.terminate()
        source.wait()


class Tap:
    """Cases as TAP on standard output; one that fails says why and the next goes on"""

    def __init__(self):
        self.n = 0
        self.failed = 0

    def case(self, name, run):
        self.n += 1
        try:
            run()
            print(f'ok {self.n} - {name}', flush=True)
            return True
        except Exception:  # noqa: BLE001: whatever went wrong is the case's failure
            self.failed += 1
            for line in traceback.format_exc().splitlines():
                print('# ' + line)
            print(f'not ok {self.n} - {name}', flush=True)
            return False

    def skip(self, name, reason):
        self.n += 1
        print(f'ok {self.n} - {name} # SKIP {reason}', flush=True)

    def end(self):
        print(f'1..{self.n}', flush=True)
        return 1 if self.failed else 0
