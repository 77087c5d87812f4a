# SPDX-License-Identifier: GPL-3.0-or-later
"""A shop on this computer that speaks as WooCommerce does, for tests of the
command line."""

import json
import os
import subprocess
import sys
import tempfile
import urllib.request

from cs_cli import environment

KEYS = 'user=seller\npassword=abcd efgh ijkl mnop qrst uvwx\n'


class Shop:
    """A shop with a switchboard, see tests/channels/fault_shop.py"""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix='cs-shop-')
        self.process = subprocess.Popen([sys.executable, os.environ['CS_FAULT_SHOP'], self.folder.name, '--with-input'],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.control = int(self.process.stdout.readline().split()[1])
        self.address = f'127.0.0.1:{self.process.stdout.readline().split()[2]}'
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()
        self.folder.cleanup()

    def ask(self, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(f'http://127.0.0.1:{self.control}/0/{path}', data=data)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


def with_keys(library, *arguments, keys=KEYS, expect=0):
    """Keys go through a descriptor of their own"""
    reader, writer = os.pipe()
    os.write(writer, keys.encode())
    os.close(writer)
    try:
        done = subprocess.run(library.command(*arguments, '--secret-fd', str(reader)), stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=600, env=environment(), pass_fds=(reader,))
    finally:
        os.close(reader)
    done.out, done.err = done.stdout.decode(), done.stderr.decode()
    assert done.returncode == expect, f'{arguments} ended with {done.returncode}:\n{done.out}{done.err}'
    return done


def add_shop(library, shop):
    """There is no keyring here, which is said: the shop is kept without its keys"""
    done = with_keys(library, 'channel', 'add', 'woocommerce', '--address', shop.address + '/wp-admin/', expect=1)
    assert 'keyring' in done.err, done.err
    return library.lines('channel', 'list')[-1]
