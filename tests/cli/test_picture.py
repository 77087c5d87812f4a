#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures and models on the command line, without a library."""

import hashlib
import http.server
import json
import os
import signal
import struct
import subprocess
import threading
import time

from cs_cli import CLI, Library, Skip, check, environment, equal, main, photo


class Place(Library):
    """A home of its own, without a library"""

    def __init__(self):
        super().__init__()
        self.out = os.path.join(self.folder, 'out')
        self.home = os.path.join(self.folder, 'home')
        self.env = {'HOME': self.home, 'XDG_DATA_HOME': os.path.join(self.home, 'data')}

    def command(self, *arguments):
        return [CLI, *arguments]

    def run(self, *arguments, expect=0, **more):
        return super().run(*arguments, expect=expect, **{**self.env, **more})

    def written(self):
        return sorted(os.listdir(self.out)) if os.path.isdir(self.out) else []


def shared(name):
    path = os.path.join(os.environ.get('CS_SHARED', ''), name)
    if not os.environ.get('CS_SHARED') or not os.path.exists(path):
        raise Skip(f'CS_SHARED has no {name}')
    return path


def read_png(path):
    """Width, height, depth, colour type"""
    with open(path, 'rb') as file:
        head = file.read(26)
    equal(head[:8], b'\x89PNG\r\n\x1a\n')
    return struct.unpack('>IIBB', head[16:26])


def test_picture():
    with Place() as place:
        one = place.put('Vase (blue) ’1’.png', photo('one'))
        place.put('folder/two.png', photo('two'))
        place.put('folder/deeper/three.v2.png', photo('three'))
        lines = place.lines('picture', one, os.path.join(place.photos, 'folder'), '-o', place.out)
        equal(len(lines), 3)
        equal(place.written(), sorted(stem + ending for stem in ('Vase (blue) ’1’', 'two', 'three.v2')
                                      for ending in ('.jpg', '.receipt.json')))
        for line in lines:
            check(line['words'], line)
            check('models' in line['finding'], line)
            with open(line['receipt']) as file:
                receipt = json.load(file)
            with open(line['picture'], 'rb') as file:
                equal(receipt['picture'], hashlib.sha256(file.read()).hexdigest())
        check(not os.path.exists(place.home), 'nothing is made in the home folder')


def test_nothing_is_written_over():
    with Place() as place:
        one = place.put('one.png', photo('one'))
        first = place.lines('picture', one, '-o', place.out)[0]
        with open(first['picture'], 'rb') as file:
            before = file.read()
        second = place.lines('picture', one, '-o', place.out, '--set', 'background=grey', '--set', 'air=0.9')[0]
        equal(os.path.basename(second['picture']), 'one-2.jpg')
        equal(os.path.basename(second['receipt']), 'one-2.receipt.json')
        with open(first['picture'], 'rb') as file:
            equal(file.read(), before)
        # The same again is the same, byte for byte
        third = place.lines('picture', one, '-o', place.out)[0]
        with open(third['picture'], 'rb') as file:
            equal(file.read(), before)
        # A link that waits where the picture goes is left alone
        victim = place.put('victim.txt', b'mine')
        two = place.put('two.png', photo('two'))
        os.symlink(victim, os.path.join(place.out, 'two.jpg'))
        os.symlink(os.path.join(place.folder, 'nowhere'), os.path.join(place.out, 'two-2.receipt.json'))
        made = place.lines('picture', two, '-o', place.out)[0]
        equal(os.path.basename(made['picture']), 'two-3.jpg')
        check(not os.path.exists(os.path.join(place.out, 'two-2.jpg')), 'half of a set is taken back')
        with open(victim, 'rb') as file:
            equal(file.read(), b'mine')
        check(not os.path.exists(os.path.join(place.folder, 'nowhere')))
        # Beside the original too
        place.run('picture', one, '-o', place.photos)
        check(os.path.exists(os.path.join(place.photos, 'one.jpg')))


def test_formats():
    with Place() as place:
        one = place.put('one.png', photo('one'))
        for name, ending, magic in (('jpeg', 'jpg', b'\xff\xd8\xff'), ('png', 'png', b'\x89PNG'), ('webp', 'webp', b'RIFF')):
            line = place.lines('picture', one, '-o', os.path.join(place.out, name), '--set', f'format={name}')[0]
            check(line['picture'].endswith('one.' + ending), line)
            with open(line['picture'], 'rb') as file:
                check(file.read(4).startswith(magic), line)


def test_usage():
    with Place() as place:
        one = place.put('one.png', photo('one'))
        place.run('picture', expect=2)
        place.run('picture', one, expect=2)
        for wrong in ('air', 'air=', 'air=2', 'air=wide', 'colour=red', '=1', 'background=pink', 'format=gif', 'max_side=1'):
            done = place.run('picture', one, '-o', place.out, '--set', wrong, expect=2)
            check(done.err, wrong)
        check('polish' in place.run('picture', '--help').out)
        equal(place.written(), [])


def test_bad_input():
    with Place() as place:
        one = place.put('one.png', photo('one'))
        text = place.put('text.jpg', b'no photo at all')
        nothing = os.path.join(place.photos, 'nothing.jpg')
        link = os.path.join(place.photos, 'link.png')
        os.symlink(one, link)
        place.run('picture', nothing, '-o', place.out, expect=66)
        place.run('picture', text, '-o', place.out, expect=66)
        done = place.run('picture', text, one, nothing, link, '-o', place.out, '--json', expect=1)
        lines = [json.loads(line) for line in done.out.splitlines()]
        check(any('error' in line and line['file'] == text for line in lines), lines)
        check('nothing.jpg' in done.err and 'link.png' in done.err, done.err)
        equal(place.written(), ['one.jpg', 'one.receipt.json'])
        blocked = place.put('blocked', b'')
        place.run('picture', one, '-o', blocked, expect=1)
        place.run('picture', one, '-o', place.out, '--model', text, expect=1)
        place.run('picture', one, '-o', place.out, '--backdrop', text)


def test_strange_names():
    with Place() as place:
        for name in ('-o.png', '--set.png', '$(touch x).png', 'a;b&c.png', 'tab\there.png', '\x1b[31mred.png', '.hidden', '日本語.png'):
            place.put(name, photo(name))
        files = [os.path.join(place.photos, name) for name in os.listdir(place.photos)]
        done = place.run('picture', '--json', '-o', place.out, '--', *files)
        lines = [json.loads(line) for line in done.out.splitlines()]
        equal(len(lines), 8)
        check('\x1b' not in done.out and '\t' not in done.out, 'a terminal obeys nothing of it')
        for line in lines:
            check(line['words'], line)
        check(os.path.exists(os.path.join(place.out, '-o.jpg')))
        check(os.path.exists(os.path.join(place.out, '.hidden.jpg')))
        equal(len(place.written()), 16)


def test_no_library_is_needed():
    with Library() as library, Place() as place:
        one = place.put('one.png', photo('one'))
        product = library.add_product('basket')
        # Held by another command, and of no concern
        holder = library.terminal('review', product)
        holder.wait_for('[?]')
        place.run('--library', library.path, 'picture', one, '-o', place.out)
        place.run('--library', os.path.join(place.folder, 'none'), 'models')
        check(not os.path.exists(os.path.join(place.folder, 'none')))
        holder.interrupt()
        holder.end()


def test_stopped():
    with Place() as place:
        for number in range(40):
            place.put(f'many/{number:02}.png', photo(str(number)))
        process = subprocess.Popen(place.command('picture', os.path.join(place.photos, 'many'), '-o', place.out, '--json'),
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(**place.env))
        process.stdout.readline()
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=300)
        equal(process.returncode, 130)
        check(time.monotonic() - begun < 2, 'it stops within two seconds')
        done = place.written()
        check(0 < len(done) < 80, done)
        for name in done:
            if name.endswith('.jpg'):
                check(name[:-4] + '.receipt.json' in done, name)


def test_with_a_network():
    network = shared('models/u2netp.onnx')
    names = ('photos/src__skimage2_data_coffee.png', 'photos/Hat_127708b5-72ad-4793-9512-3d33427459bb.jpg')
    files = [shared(name) for name in names]
    with Place() as place:
        # For this time only: nothing is kept of it
        lines = place.lines('picture', *files, '-o', place.out, '--mask', '--model', network)
        check(not os.path.exists(place.home))
        equal(len(lines), 2)
        for line in lines:
            equal(line['finding'], None)
            check(any('white' in word for word in line['words']), line)
            width, height, depth, colour = read_png(line['mask'])
            equal((depth, colour), (8, 0))
            with open(line['receipt']) as file:
                receipt = json.load(file)
            check(receipt['known'] and receipt['within'] and 0.1 < receipt['share'] < 0.9, receipt)
        coffee = next(line for line in lines if 'coffee' in line['file'])
        with open(coffee['file'], 'rb') as file:
            equal(read_png(coffee['mask'])[:2], struct.unpack('>II', file.read(24)[16:]))
        again = place.lines('picture', coffee['file'], '-o', place.out, '--model', network)[0]
        with open(coffee['picture'], 'rb') as one, open(again['picture'], 'rb') as other:
            equal(one.read(), other.read())
        check('mask' not in again, 'the same picture, with its mask or without')

        # Added, it is known by its hash and used at once
        added = place.lines('models', 'add', network)[0]
        equal((added['id'], added['in_use'], added['commercial']), ('u2netp', True, True))
        line = place.lines('picture', files[0], '-o', place.out)[0]
        equal(line['finding'], None)
        place.run('models', 'use', 'none')
        check(place.lines('picture', files[0], '-o', place.out)[0]['finding'])
        place.run('models', 'use', 'u2netp')
        check('in use' in place.run('models').out)
        place.run('models', 'remove', 'u2netp')
        check(not any(model['here'] for model in place.lines('models')))


def test_models():
    with Place() as place:
        models = place.lines('models')
        check(len(models) >= 7)
        equal(place.lines('models', 'list'), models)
        for model in models:
            check(model['address'].startswith('https://') and len(model['sha256']) == 64 and model['size'] > 1000000, model)
            check(not model['here'] and not model['in_use'] and model['licence'] and model['words'], model)
        equal([model['id'] for model in models if not model['commercial']], ['rmbg-1.4', 'rmbg-2.0'])
        chinese = place.run('models', '--json', LANGUAGE='zh_CN', LC_ALL='C.UTF-8').out
        check('免费' in chinese or '"words":"Small' in chinese)
        for wrong in (['frobnicate'], ['download'], ['use', 'a', 'b'], ['list', 'x'], ['']):
            place.run('models', *wrong, expect=2)
        for unknown in ('use', 'remove', 'download'):
            place.run('models', unknown, 'nobody', expect=66)
        place.run('models', 'use', 'u2netp', expect=1)
        place.run('models', 'add', os.path.join(place.folder, 'nothing'), expect=66)
        place.run('models', 'add', place.put('text.onnx', b'this is no network'), expect=1)
        place.run('models', 'add', '/dev/zero', expect=1)
        check(not any(model['here'] for model in place.lines('models')))


class Server(http.server.BaseHTTPRequestHandler):
    """Breaks off in the middle the first time, and goes on where it was asked to"""

    content = bytes(number * 7919 >> 5 & 255 for number in range(300000))
    breaks = 1
    asked = []

    def do_GET(self):
        start = 0
        Server.asked.append(self.headers.get('Range'))
        if self.headers.get('Range') and self.headers.get('If-Range') == '"v1"':
            start = int(self.headers['Range'].removeprefix('bytes=').split('-')[0])
        body = self.content[start:]
        self.send_response(206 if start else 200)
        self.send_header('ETag', '"v1"')
        self.send_header('Content-Length', str(len(body)))
        if start:
            self.send_header('Content-Range', f'bytes {start}-{len(self.content) - 1}/{len(self.content)}')
        self.end_headers()
        if Server.breaks:
            Server.breaks -= 1
            self.wfile.write(body[:100000])
            self.wfile.flush()
            self.connection.shutdown(2)
        else:
            self.wfile.write(body)

    def log_message(self, *_):
        pass


def test_download():
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    right = hashlib.sha256(Server.content).hexdigest()
    with Place() as place:
        catalogue = os.path.join(place.folder, 'catalogue')
        os.mkdir(catalogue)
        place.env['G_RESOURCE_OVERLAYS'] = f'/app/countersign/Countersign/models={catalogue}'
        models = [{'id': name, 'title': name, 'address': f'http://127.0.0.1:{server.server_port}/{name}', 'size': len(Server.content),
                   'sha256': sha256, 'commercial': True} for name, sha256 in (('right', right), ('wrong', '0' * 64))]
        with open(os.path.join(catalogue, 'cutout.json'), 'w') as file:
            json.dump({'models': models}, file)
        done = place.run('models', 'download', 'right', expect=1)
        check('127.0.0.1' in done.err, done.err)
        part = place.lines('models')[0]['partial']
        check(0 < part <= 100000, part)
        line = place.lines('models', 'download', 'right')[0]
        check(line['here'] and line['in_use'], line)
        equal(Server.asked[-1], f'bytes={part}-')
        place.run('models', 'download', 'right')
        equal(len(Server.asked), 2)
        done = place.run('models', 'download', 'wrong', expect=1)
        check('SHA-256' in done.err, done.err)
        equal(place.lines('models')[1]['partial'], 0)
        folder = os.path.join(place.env['XDG_DATA_HOME'], 'countersign', 'models')
        equal(sorted(os.listdir(folder)), sorted([right + '.onnx', 'models.json']))
    server.shutdown()


main([test_picture, test_nothing_is_written_over, test_formats, test_usage, test_bad_input, test_strange_names,
      test_no_library_is_needed, test_stopped, test_with_a_network, test_models, test_download])
