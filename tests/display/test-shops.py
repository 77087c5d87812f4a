# SPDX-License-Identifier: GPL-3.0-or-later
"""A shop in the real window, as a seller has one: added with its keys, what is in it
read, its category and terms chosen, what would change looked at, a batch signed while
the shop is down and published, price and stock sent alone, a change made in the shop
decided on, keys that were revoked given anew, a listing rolled back, one withdrawn, a
folder with a package written, and keys kept where there is no keyring. The shop is
tests/channels/fault_shop.py.

test-shops.py PREFIX SOURCE SHOTS"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi  # noqa: E402

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / 'channels')]
from fault_shop import PASSWORD, USER  # noqa: E402
from tree import walk_page  # noqa: E402
from ui import GONE, App, Tap  # noqa: E402

prefix, source, shots = map(Path, sys.argv[1:4])
work = Path(tempfile.mkdtemp(prefix='countersign-shops.'))
library = work / 'library'
tap = Tap()
app = None
earlier = []  # what a program that ended before complained of
began = time.monotonic()
NOTES = {'bamboo-basket': ('Hand-woven bamboo basket, 28 cm across', '89 EUR', '7'),
         'glazed-mug': ('Stoneware mug, blue glaze, holds 350 ml', '19 EUR', '30')}
NAMES = ('asket', 'ug')  # in any title that is made of the notes
OFFER, ROLL_BACK, WITHDRAW = 3, 4, 5  # in the menu of a listing
ENV = {'SECRET_BACKEND': 'file', 'SECRET_FILE_TEST_PATH': str(work / 'keyring'), 'SECRET_FILE_TEST_PASSWORD': 'of a test',
       'XDG_DATA_HOME': str(work / 'data')}


def cli(*words):
    run = subprocess.run([prefix / 'bin' / 'countersign-cli', '--library', library, *words], env={**os.environ, **ENV},
                         capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()] if '--json' in words else run.stdout


def rows(query, *values):
    """As they are on disk, read while the window holds the library"""
    with sqlite3.connect(f'file:{library / "library.db"}?mode=ro', uri=True) as db:
        return db.execute(query, values).fetchall()


def tell(verb, what=None):
    """The shop's switchboard"""
    request = urllib.request.Request(f'http://127.0.0.1:{control}/0/{verb}',
                                     data=json.dumps(what).encode() if what is not None else None)
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read() or b'{}')


def in_shop():
    return tell('state')['products']


def written():
    """How many requests changed something there"""
    return sum(each['method'] != 'GET' for each in tell('requests'))


def start_shop():
    shop = subprocess.Popen([sys.executable, '-B', source / 'tests' / 'channels' / 'fault_shop.py', work / 'shop', '--with-input'],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return shop, int(shop.stdout.readline().split()[1]), int(shop.stdout.readline().split()[2])


def prepare():
    for name, (note, price, stock) in NOTES.items():
        (work / 'photos' / name).mkdir(parents=True)
        shutil.copy(source / 'data' / 'samples' / name / '1.jpg', work / 'photos' / name / '1.jpg')
    cli('import', *(str(work / 'photos' / name) for name in NOTES))
    for product in cli('products', '--json'):
        name = next(name for name in NOTES if name.split('-')[1] in json.dumps(product).lower())
        note, price, stock = NOTES[name]
        cli('note', str(product['id']), note)
        cli('set', str(product['id']), 'price', price)
        cli('set', str(product['id']), 'stock', stock)


def button(name, timeout=10):
    return app.find(('button', 'toggle button'), lambda have: have.replace('_', '') == name, timeout=timeout)


def row(start):
    return app.find('list item', lambda have: have.startswith(start))


def fill(name, text):
    app.find(('text', 'entry', 'password text'), lambda have: have.startswith(name)).get_editable_text_iface().set_text_contents(text)


def press_when(name, timeout=20):
    app.press(button(name, timeout))
    time.sleep(0.5)


def press_row(start):
    """A row that is a button is none to press for every GTK's accessibility bus"""
    app.click(app.find(name=lambda have: have.replace('_', '').startswith(start)))
    time.sleep(0.5)


def go_to(page):
    """With its key; one that a dialog took while it closed is pressed again"""
    key, marks = {'products': ('alt+1', 'Add Photos'), 'ready': ('alt+3', 'More for What Is Chosen'),
                  'published': ('alt+4', 'Go On Sending (F5)')}[page]
    for _ in range(6):
        app.key(key)
        time.sleep(0.6)
        if app.all(('button', 'toggle button'), lambda have: have.replace('_', '') == marks):
            return
    raise AssertionError(f'the {page} page does not come')


def outbox(state):
    return [each for each in cli('outbox', '--json') if each['state'] == state]


def keyless():
    """Keys are nowhere in the library and in no log"""
    for path in library.rglob('*'):
        assert not path.is_file() or PASSWORD.encode() not in path.read_bytes(), path
    assert PASSWORD not in app.text()


def added():
    """With an address, a user and an application password, in under a minute"""
    at = time.monotonic()
    app.press(button('Add a Shop'))
    app.find('list item', lambda have: have.startswith('WooCommerce'))
    time.sleep(0.5)
    app.shot(shots / 'shops-1-pick.png')
    app.type('woo')
    time.sleep(0.5)
    app.key('Return')
    fill('Address of the shop', f'http://127.0.0.1:{port}')
    fill('User name in WordPress', USER)
    fill('Application password', PASSWORD)
    time.sleep(0.5)
    app.shot(shots / 'shops-2-form.png')
    app.press(button('Add and Test'))
    app.has_text('answers', 20)
    time.sleep(0.5)
    app.shot(shots / 'shops-3-added.png')
    walk_page(app)
    took = time.monotonic() - at
    assert took < 60, f'{took:.0f} s'
    keyless()


def pulled():
    """What is there becomes a product; nothing is written there"""
    before = written()
    press_when('See What Is in It')
    App.until(lambda: len(cli('products', '--json')) == 3, 20, 'the product that was there')
    time.sleep(0.5)
    app.shot(shots / 'shops-4-pulled.png')
    assert written() == before


def shop_page():
    app.click(app.find('list item', lambda have: have.startswith('Fault shop') or have.startswith('Shop')))
    app.has_text('Remove This Shop')
    time.sleep(0.6)
    app.shot(shots / 'shops-5-page.png')
    walk_page(app)


def profile():
    """Draft or live, in the form that the shop's own answer makes"""
    app.click(app.find(name=lambda have: have.startswith('Shipping, Returns')))
    switch = app.find(name=lambda have: have.startswith('On sale at once'))
    time.sleep(0.6)
    app.shot(shots / 'shops-6-profile.png')
    walk_page(app)
    assert switch
    press_when('Save')
    app.has_text('Remove This Shop')
    app.key('Escape')
    time.sleep(0.5)


def decided():
    """With keys alone"""
    App.until(lambda: all(each.get('stage') != 'new' for each in cli('products', '--json')), 60, 'suggestions')
    app.key('alt+2')
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if not any(each.get('stage') == 'review' for each in cli('products', '--json')):
            return
        app.key('a', 'a', 'a')
        time.sleep(0.1)
    raise AssertionError(f'still to review: {cli("products", "--json")}')


def choose_channel():
    """The one that was added last"""
    go_to('ready')
    # With what tells a screen reader: a message may lie over it
    app.press(app.all('toggle button', within=app.find('combo box'))[0])
    time.sleep(0.5)
    app.key('End', 'Return')
    time.sleep(0.5)


def choose(*titles):
    """Exactly the products whose titles have one of these words"""
    for title in titles:
        app.find('list item', lambda have: title in have and have.endswith(('picture', 'pictures')))
    for row in app.all('list item', lambda have: have.endswith(('picture', 'pictures'))):
        box = app.all('check box', within=row)[0]
        if box.get_state_set().contains(Atspi.StateType.CHECKED) != any(title in row.get_name() for title in titles):
            # What GTK tells of a place within a row leaves out the row's margins
            x, y = app.center(row)
            app.click_at(x - row.get_extents(Atspi.CoordType.WINDOW).width // 2 + 25, y)
            time.sleep(0.2)


def menu(button, position, within=None):
    """What stands in a menu has no name of its own on the accessibility bus of every GTK"""
    app.press(App.until(lambda: app.all('toggle button', button, within=within), 10, button)[0])
    app.press(App.until(lambda: app.all('menu item')[position:], 5, 'the menu')[0])


def terms():
    """A category of the shop's own, for all that is chosen"""
    choose_channel()
    choose(*NAMES)
    menu('More for What Is Chosen', 1)
    app.find('list item', lambda have: have.startswith('Kitchen'))
    time.sleep(0.5)
    app.shot(shots / 'shops-7-category.png')
    walk_page(app)
    app.click(row('Kitchen'))
    app.find('list item', lambda have: have.startswith('Baskets'))
    time.sleep(0.5)
    app.click(row('Baskets'))
    app.has_text('Baskets')
    button('Save')
    time.sleep(0.5)
    app.shot(shots / 'shops-8-terms.png')
    walk_page(app)
    press_when('Save')
    App.until(lambda: all('Baskets' in (each[0] or '') for each in rows('SELECT attributes FROM product WHERE id IN (SELECT id FROM product ORDER BY id LIMIT 2)')),
              10, 'the category on disk')


def tried():
    """What would change, asked of the shop and nothing sent"""
    before = written()
    app.key('ctrl+t')
    app.has_text('Nothing was sent', 30)
    time.sleep(0.5)
    app.shot(shots / 'shops-9-trial.png')
    walk_page(app)
    app.key('Tab', 'Tab', 'Return')
    time.sleep(0.8)
    app.shot(shots / 'shops-10-trial-page.png')
    assert written() == before
    app.key('Escape')
    time.sleep(0.5)
    app.key('Escape')
    time.sleep(0.5)


def approve_buttons():
    return app.all('button', lambda have: have.replace('_', '').startswith('Approve'))


def sign():
    App.until(lambda: len(approve_buttons()) > 1, 30, 'the button that signs')
    time.sleep(1)
    app.press(approve_buttons()[-1])
    # Keys are the dialog's until it is gone
    App.until(lambda: len(approve_buttons()) < 2, 20, 'the dialog to close')
    time.sleep(0.3)


def paused():
    """Signed while the shop is down: nothing is lost, the channel rests and says so"""
    before = len(in_shop())
    app.press(App.until(approve_buttons, 10, 'the button that goes on')[0])
    App.until(lambda: len(approve_buttons()) > 1, 30, 'the button that signs')
    tell('fault', {'fault': '503', 'about': 'wc/v3', 'times': 1000})
    sign()
    go_to('published')
    app.find('list item', lambda have: have.startswith('Fault shop') and 'does not answer' in have, timeout=30)
    app.has_text('Paused until')
    again()
    time.sleep(0.5)
    app.shot(shots / 'shops-11-paused.png')
    walk_page(app)
    assert len(in_shop()) == before
    tell('calm', {})


def again():
    """Of one that was not asked for yet, and of one that the shop did not answer for"""
    return app.find('button', lambda have: have in ('Send Now', 'Try Now', 'Look Again'))


def published():
    """A person who asks for it is not kept waiting by the pause"""
    app.press(again())
    App.until(lambda: len(outbox('done')) == 2, 30, 'both there')
    app.find('list item', lambda have: have.startswith('Fault shop') and 'Connected' in have)
    there = [each for each in in_shop() if each['status'] == 'publish']
    titles = sorted(each['title'] for each in outbox('done'))
    assert set(titles) <= {each['name'] for each in there}, (titles, there)
    time.sleep(0.5)
    app.shot(shots / 'shops-11-published.png')
    walk_page(app)


def set_value(title, field, text):
    """On the product's own page, as a person does"""
    go_to('products')
    app.click(app.find('table cell', lambda have: title in have, timeout=20))
    app.key('Return')
    entry = app.find(('text', 'entry'), field)
    entry.get_editable_text_iface().set_text_contents(text)
    App.until(lambda: rows('SELECT 1 FROM product_value WHERE field = ? AND value LIKE ?', field.lower(), text + '%'), 10,
              'what was typed on disk')


def set_stock(number):
    set_value('asket', 'Stock', str(number))
    go_to('published')


def there(title):
    return next(each for each in in_shop() if title in each['name'] and each['status'] == 'publish')


def basket():
    return there('asket')


def from_menu(title, position, then='Approve 1 Listing'):
    """From the listing's own menu to what is signed"""
    # The list follows what was sent, and a command of a listing that was replaced is off
    for patience in (1, 1, 0):
        listing = app.find('list item', lambda have: title in have and have.endswith('Published'))
        try:
            menu('More for This Listing', position, listing)
            break
        except (AssertionError, *GONE):
            app.key('Escape')
            time.sleep(patience)
    button(then, 20)
    time.sleep(0.8)


def offer():
    from_menu('asket', OFFER)


def idle():
    App.until(lambda: not outbox('sending') and not outbox('ready'), 30, 'the queue to end')


def offered():
    """Price and stock alone: signed like anything else, and nothing else is touched"""
    set_stock(5)
    before = basket()
    offer()
    app.has_text('7 → 5 in stock')
    app.shot(shots / 'shops-12-offer.png')
    walk_page(app)
    assert basket()['stock_quantity'] == 7, 'it was sent before it was signed'
    press_when('Approve 1 Listing')
    App.until(lambda: basket()['stock_quantity'] == 5, 30, 'the stock in the shop')
    after = basket()
    for name in ('name', 'description', 'regular_price'):
        assert after[name] == before[name], name


def conflict():
    """Sold in the shop after it was looked at: held, shown, decided with a key, signed again"""
    idle()
    set_stock(4)
    offer()
    tell('edit', {'id': basket()['id'], 'stock_quantity': 2, 'later': 60})
    press_when('Approve 1 Listing')
    App.until(lambda: outbox('conflict'), 30, 'that it is held')
    assert basket()['stock_quantity'] == 2, 'a stale number was sent'
    press_when('Decide…')
    app.has_text('There now', 20)
    for numbers in ('Before: 5', 'There now: 2', 'Approved: 4'):
        app.has_text('Stock, ' + numbers)
    time.sleep(0.5)
    app.shot(shots / 'shops-13-conflict.png')
    walk_page(app)
    app.key('1')
    press_when('Approve 1 Listing', 30)
    App.until(lambda: basket()['stock_quantity'] == 4, 30, 'what was decided')


def signed_out():
    """Keys that were revoked there: one message, what is approved waits, new keys mend it"""
    idle()
    set_stock(6)
    offer()
    tell('fault', {'fault': '401', 'about': 'wc/v3', 'times': 1000})
    press_when('Approve 1 Listing')
    app.has_text('wants you to sign in again', 30)
    time.sleep(0.5)
    app.shot(shots / 'shops-14-signed-out.png')
    walk_page(app)
    assert basket()['stock_quantity'] == 4
    tell('calm', {})
    press_when('Sign In Again…')
    fill('User name in WordPress', USER)
    fill('Application password', PASSWORD)
    press_when('Sign In')
    App.until(lambda: basket()['stock_quantity'] == 6, 30, 'what had waited')
    press_when('Done')
    App.until(lambda: not app.all(name=lambda have: 'wants you to sign in again' in have), 10, 'the message to go')


def rolled_back():
    """To what was there before, signed like anything else"""
    idle()
    before = there('ug,')['regular_price']
    set_value('ug,', 'Price', '21')
    choose_channel()
    choose('ug,')
    app.press(App.until(approve_buttons, 10, 'the button that goes on')[0])
    sign()
    App.until(lambda: float(there('ug,')['regular_price']) == 21, 30, 'the new price in the shop')
    go_to('published')
    from_menu('ug,', ROLL_BACK)
    app.shot(shots / 'shops-17-roll-back.png')
    assert float(there('ug,')['regular_price']) == 21, 'it was sent before it was signed'
    press_when('Approve 1 Listing')
    App.until(lambda: float(there('ug,')['regular_price']) == float(before), 30, 'the old price in the shop')


def withdrawn():
    idle()
    from_menu('ug,', WITHDRAW, 'Withdraw It')
    app.shot(shots / 'shops-18-withdraw.png')
    assert there('ug,')
    press_when('Withdraw It')
    App.until(lambda: not [each for each in in_shop() if 'ug,' in each['name'] and each['status'] == 'publish'], 30, 'that it is gone')


def opened():
    """What the program asked the desktop to open"""
    path = work / 'opened.txt'
    return path.read_text() if path.exists() else ''


def take_what_is_opened():
    """In place of a browser and a file manager: a program that writes down what it is to open"""
    applications = work / 'data' / 'applications'
    applications.mkdir(parents=True)
    script = work / 'opener.sh'
    script.write_text(f'#!/bin/sh\necho "$1" >> {work / "opened.txt"}\n')
    script.chmod(0o755)
    kinds = [f'x-scheme-handler/{scheme}' for scheme in ('http', 'https', 'file')] + ['text/html', 'inode/directory']
    (applications / 'opener.desktop').write_text(
        f'[Desktop Entry]\nType=Application\nName=Opener\nExec={script} %u\nMimeType={";".join(kinds)};\n')
    (applications / 'mimeapps.list').write_text('[Default Applications]\n' + ''.join(f'{kind}=opener.desktop\n' for kind in kinds))


def package():
    """A folder that a marketplace takes: nothing is signed in to, and what is sold elsewhere can go there, too"""
    folder = work / 'package'
    folder.mkdir()
    app.press(button('Add a Shop'))
    app.find('list item', lambda have: have.startswith('WooCommerce'))
    time.sleep(0.5)
    app.type('shopify, as')
    time.sleep(0.5)
    app.key('Return')
    fill('Folder', str(folder))
    fill('Currency', 'EUR')
    time.sleep(0.5)
    app.shot(shots / 'shops-15-folder.png')
    walk_page(app)
    press_when('Add and Test')
    press_when('Done')
    choose_channel()
    sold = app.find('list item', lambda have: 'asket' in have and have.endswith(('picture', 'pictures')))
    assert not app.all('check box', within=sold)[0].get_state_set().contains(Atspi.StateType.CHECKED), 'what is sold elsewhere is chosen by hand'
    choose(*NAMES)
    time.sleep(1)
    app.shot(shots / 'shops-16-ready.png')
    app.press(App.until(approve_buttons, 10, 'the button that goes on')[0])
    time.sleep(1.5)
    sign()
    App.until(lambda: list(folder.rglob('*.csv')) and list(folder.rglob('*.jp*g')), 30, 'the package')
    text = ''.join(path.read_text(encoding='utf-8-sig') for path in folder.rglob('*.csv'))
    assert '89' in text and '21' in text, text
    app.click(app.find('list item', lambda have: have.startswith('Shopify, A folder')))
    press_row('Open the Package')
    # A place on this computer is handed over as its path
    App.until(lambda: str(folder) in opened(), 10, 'what is in it')
    app.shot(shots / 'shops-20-package-page.png')
    walk_page(app)
    app.key('Escape')
    time.sleep(0.5)


def without_keyring():
    """Nowhere to keep the keys: it is said, and they can be lent until the program ends"""
    global app
    app.close()
    earlier.extend(app.complaints())
    app = App([prefix / 'bin' / 'countersign', '--library', library], work / 'log-2.txt')
    app.focus()
    app.click(app.find('list item', lambda have: have.startswith('Fault shop'), timeout=20))
    press_row('Sign In Again')
    fill('User name in WordPress', USER)
    fill('Application password', PASSWORD)
    press_when('Sign In')
    app.has_text('keyring', 20)
    time.sleep(0.5)
    app.shot(shots / 'shops-21-no-keyring.png')
    walk_page(app)
    press_when('Keep It Until I Close the Program')
    app.has_text('answers', 20)
    keyless()
    press_when('Done')


def uncomplaining():
    complaints = earlier + app.complaints()
    assert not complaints, '\n'.join(complaints)


def case(name, run):
    """One that fails leaves how the window looked"""
    passed = tap.case(name, run)
    print(f'# {time.monotonic() - began:.0f} s', flush=True)
    if not passed and app and app.process.poll() is None:
        app.shot(shots / 'shops-failed.png')
        tell('calm', {})
        app.key('Escape')
        time.sleep(0.5)
        app.key('Escape')
        time.sleep(0.5)
    return passed


shop, control, port = start_shop()
try:
    for category in (('Kitchen', None), ('Baskets', 'Kitchen')):
        tell('term', {'kind': 'categories', 'name': category[0], 'under': category[1]})
    tell('put', {'name': 'Old teapot', 'regular_price': '25.00', 'sku': 'TEAPOT', 'manage_stock': True, 'stock_quantity': 3})
    prepare()
    take_what_is_opened()
    app = App([prefix / 'bin' / 'countersign', '--library', library], work / 'log.txt', env=ENV)
    app.focus()
    went_on = case('a shop is added with its keys in under a minute', added)
    if went_on:
        case('what is in it is read', pulled)
        case('it has a page of its own', shop_page)
        case('what holds for all its listings is chosen', profile)
        case('suggestions are decided on', decided)
        case('a category is chosen for several products', terms)
        case('what would change is shown and not sent', tried)
        case('a batch is signed while the shop is down, and the pause is said', paused)
        if case('it is published', published):
            case('price and stock are sent alone', offered)
            case('a conflict is decided with a key', conflict)
            case('one message asks to sign in again, and the queue waits', signed_out)
            case('a listing is rolled back', rolled_back)
            case('one is withdrawn', withdrawn)
    case('a package is written', package)
    if went_on:
        case('keys are kept until the program ends where there is no keyring', without_keyring)
    case('the program ends when asked to', app.close)
finally:
    if app and app.process.poll() is None:
        app.process.kill()
    shop.stdin.close()
    shop.wait()
    for line in (app.text() if app else '').splitlines():
        print('# ' + line)
    tap.case('nothing was complained about', uncomplaining)
    if os.environ.get('CS_KEEP') is None:
        shutil.rmtree(work, ignore_errors=True)
sys.exit(tap.end())
