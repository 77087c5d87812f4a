# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the command line share: photos, runs, and a terminal with
somebody at it."""

import errno
import json
import os
import pty
import random
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import traceback
import zlib

CLI = os.environ['CS_CLI']
NOTE = '手工竹编果篮 直径28cm 四川'


def environment(**more):
    kept = {name: value for name, value in os.environ.items()
            if name.startswith(('CS_', 'LSAN', 'ASAN', 'UBSAN')) or name in ('PATH', 'HOME', 'TESSDATA_PREFIX')}
    return {**kept, 'LANG': 'C.UTF-8', 'OMP_THREAD_LIMIT': '1', **more}


def photo(seed, width=480, height=360):
    """A PNG of a box on a table, another for each seed"""
    dice = random.Random(seed)
    left, right = sorted((dice.randrange(20, width // 2), dice.randrange(width // 2 + 20, width - 10)))
    top, bottom = sorted((dice.randrange(20, height // 2), dice.randrange(height // 2 + 20, height - 10)))
    colour = bytes(dice.randrange(20, 200) for _ in range(3))
    plain = bytes((225, 225, 225))
    empty_row = b'\0' + plain * width
    box_row = b'\0' + plain * left + colour * (right - left) + plain * (width - right)
    rows = b''.join(box_row if top < y < bottom else empty_row for y in range(height))

    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))

    header = struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', header) +
            chunk(b'IDAT', zlib.compress(rows, 1)) + chunk(b'IEND', b''))


class Library:
    """A library of its own, and a folder to bring photos in from"""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix='cs-cli-')
        self.path = os.path.join(self.folder, 'library')
        self.photos = os.path.join(self.folder, 'photos')
        os.mkdir(self.photos)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def put(self, name, content):
        path = os.path.join(self.photos, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as file:
            file.write(content)
        return path

    def command(self, *arguments):
        return [CLI, '--library', self.path, *arguments]

    def run(self, *arguments, expect=0, stdin=subprocess.DEVNULL, **more):
        done = subprocess.run(self.command(*arguments), stdin=stdin, capture_output=True, timeout=600,
                              env=environment(**more))
        done.out = done.stdout.decode()
        done.err = done.stderr.decode()
        if expect is not None and done.returncode != expect:
            raise AssertionError(f'{arguments} ended with {done.returncode}, not {expect}:\n{done.out}{done.err}')
        return done

    def lines(self, *arguments):
        """Every line of --json must be an object by itself"""
        return [json.loads(line) for line in self.run(*arguments, '--json').out.splitlines()]

    def add_product(self, folder, note=NOTE, photos=1):
        for number in range(photos):
            self.put(f'{folder}/IMG_{number + 1:04}.png', photo(f'{folder}{number}'))
        result = self.lines('import', os.path.join(self.photos, folder))[0]
        product = str(result['products'][0])
        if note:
            self.run('note', product, note)
        self.run('suggest', product)
        return product

    def terminal(self, *arguments):
        return Terminal(self.command(*arguments))


class Terminal:
    """A program with a person at its terminal"""

    def __init__(self, command):
        self.seen = ''
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execve(command[0], command, environment(TERM='xterm'))

    def wait_for(self, text, seconds=60):
        end = time.monotonic() + seconds
        while text not in self.seen:
            left = end - time.monotonic()
            if left <= 0 or not self.read(left):
                raise AssertionError(f'“{text}” did not come; seen:\n{self.seen}')
        before, _, self.seen = self.seen.partition(text)
        return before

    def read(self, seconds):
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError as error:
            if error.errno == errno.EIO:
                return False
            raise
        self.seen += data.decode(errors='replace')
        return bool(data)

    def type(self, line):
        os.write(self.fd, (line + '\n').encode())

    def interrupt(self):
        os.write(self.fd, b'\x03')

    def end(self, seconds=60):
        """Its exit code"""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                while self.read(0):
                    pass
                os.close(self.fd)
                return os.waitstatus_to_exitcode(status)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        raise AssertionError(f'It did not end; seen:\n{self.seen}')


class Skip(Exception):
    pass


def check(what, *more):
    if not what:
        raise AssertionError(' '.join(str(one) for one in more))


def equal(one, other):
    if one != other:
        raise AssertionError(f'{one!r} is not {other!r}')


def main(tests):
    print(f'1..{len(tests)}', flush=True)
    failed = 0
    for number, test in enumerate(tests, 1):
        name = test.__name__.removeprefix('test_').replace('_', ' ')
        try:
            test()
            print(f'ok {number} - {name}', flush=True)
        except Skip as reason:
            print(f'ok {number} - {name} # SKIP {reason}', flush=True)
        except Exception:
            failed += 1
            for line in traceback.format_exc().splitlines():
                print(f'# {line}')
            print(f'not ok {number} - {name}', flush=True)
    sys.exit(1 if failed else 0)
