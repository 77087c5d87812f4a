# SPDX-License-Identifier: GPL-3.0-or-later
"""What a shop of fault_shop.py answers: wp/v2/media, wc/v3 and the Store API, as
WooCommerce 10.0 on WordPress 7.1 was seen to answer them."""

import base64
import hashlib
import html
import re
import time
import urllib.parse

from fault_shop_faults import Answer

TEXTS = ('name', 'slug', 'type', 'status', 'description', 'short_description', 'sku', 'regular_price', 'sale_price',
         'stock_status', 'weight', 'tax_status', 'tax_class', 'catalog_visibility', 'shipping_class', 'global_unique_id')
STATUSES = ('draft', 'pending', 'private', 'publish')
SETTINGS = {'woocommerce_currency': 'EUR', 'woocommerce_price_num_decimals': '2', 'woocommerce_calc_taxes': 'no',
            'woocommerce_prices_include_tax': 'no', 'woocommerce_default_country': 'DE:DE-BE',
            'woocommerce_weight_unit': 'kg', 'woocommerce_dimension_unit': 'cm'}
SETTING_GROUPS = ('general', 'tax', 'products', 'shipping')


class Refusal(Exception):
    def __init__(self, status, code, message, **data):
        super().__init__(message)
        self.status, self.code, self.message, self.data = status, code, message, data

    def value(self):
        return {'code': self.code, 'message': self.message, 'data': {'status': self.status, **self.data}}


def stamp(at):
    """As the shop tells times: to the second"""
    return time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(at))


def autop(text):
    """What WordPress makes of a text when it shows it"""
    if not text or re.search(r'<(p|div|ul|ol|h[1-6]|table)\b', text):
        return text + '\n' if text and not text.endswith('\n') else text
    parts = [part.strip() for part in re.split(r'\n\s*\n', text) if part.strip()]
    return ''.join('<p>' + part.replace('\n', '<br />\n') + '</p>\n' for part in parts)


def text_of(value, name):
    """Prices and the like are strings here; a number is refused"""
    if not isinstance(value, str):
        raise Refusal(400, 'rest_invalid_param', f'Invalid parameter(s): {name}', params={name: f'{name} is not of type string.'})
    return value


class Rest:
    """The state of one shop, and the answers that change it"""

    def __init__(self, shop):
        self.shop = shop
        self.next_id = shop.kept('next_id', 10)
        self.products = {int(key): value for key, value in shop.kept('products', {}).items()}
        self.media = {int(key): value for key, value in shop.kept('media', {}).items()}
        self.terms = {kind: {int(key): value for key, value in shop.kept(kind, {}).items()}
                      for kind in ('categories', 'tags', 'attributes')}
        if not self.terms['categories']:
            self.terms['categories'][1] = {'id': 1, 'name': 'Uncategorized', 'slug': 'uncategorized', 'parent': 0}
        self.hidden, self.n_effects, self.effect = None, 0, None

    # Keeping

    def keep(self, name, effect):
        """What was changed is on disk before it is answered"""
        self.n_effects += 1
        self.effect = effect
        value = getattr(self, name) if hasattr(self, name) else self.terms[name]
        self.shop.db.execute('BEGIN')
        self.shop.keep(name, value)
        self.shop.keep('next_id', self.next_id)
        self.shop.db.execute('COMMIT')

    def mint(self):
        self.next_id += 1
        return self.next_id

    def is_hidden(self, product):
        return product.get('hidden_until', 0) > time.time()

    def find(self, number):
        product = self.products.get(number)
        if product is None or self.is_hidden(product):
            raise Refusal(404, 'woocommerce_rest_product_invalid_id', 'Invalid ID.')
        return product

    # Products

    def check_sku(self, sku, but):
        """A SKU is given once, and what is in the trash keeps its own"""
        for product in self.products.values():
            for owner in (product, *product['variants'].values()):
                if not sku or owner['sku'] != sku or owner['id'] == but:
                    continue
                if product['status'] == 'trash':
                    raise Refusal(400, 'woocommerce_rest_product_not_created',
                                  f'The product with SKU ({sku}) you are trying to insert is already present in the lookup table')
                raise Refusal(400, 'product_invalid_sku', 'Invalid or duplicated SKU.', resource_id=owner['id'],
                              unique_sku=sku + '-1')

    def set_images(self, product, images):
        ids = []
        for image in images:
            number = image.get('id') or 0
            if not number and image.get('src'):
                number = self.find_source(image['src'])
            if number not in self.media:
                raise Refusal(400, 'woocommerce_product_invalid_image_id', f'#{number} is an invalid image ID.')
            if 'alt' in image:
                self.media[number]['alt_text'] = text_of(image['alt'], 'images[alt]')
            ids.append(number)
        product['image_ids'] = ids

    def find_source(self, source):
        for number, media in self.media.items():
            if media['source_url'] == source:
                return number
        raise Refusal(400, 'woocommerce_product_image_upload_error', f'Error getting remote image {source}.')

    def apply(self, product, body):
        for name in TEXTS:
            if name in body:
                product[name] = text_of(body[name], name)
        if product['status'] not in STATUSES and 'status' in body:
            raise Refusal(400, 'rest_invalid_param', 'Invalid parameter(s): status')
        if 'manage_stock' in body:
            product['manage_stock'] = bool(body['manage_stock'])
        if 'stock_quantity' in body:
            product['stock_quantity'] = None if body['stock_quantity'] is None else int(body['stock_quantity'])
        if 'images' in body:
            self.set_images(product, body['images'])
        for kind in ('categories', 'tags'):
            if kind in body:
                product[kind] = [self.terms[kind][int(term['id'])]['id'] for term in body[kind] if int(term['id']) in self.terms[kind]]
        if 'attributes' in body:
            product['attributes'] = [{'id': int(one.get('id', 0)), 'name': one.get('name', ''), 'position': k,
                                      'visible': bool(one.get('visible', False)), 'variation': bool(one.get('variation', False)),
                                      'options': [str(option) for option in one.get('options', [])]}
                                     for k, one in enumerate(body['attributes'])]
        for meta in body.get('meta_data', []):
            kept = [one for one in product['meta_data'] if one['key'] != meta['key']]
            product['meta_data'] = [*kept, {'id': self.mint(), 'key': meta['key'], 'value': meta['value']}]

    @staticmethod
    def touch(product):
        product['modified'] = time.time()

    def create(self, body):
        now = time.time()
        product = {'id': 0, 'name': '', 'slug': '', 'type': 'simple', 'status': 'publish', 'description': '',
                   'short_description': '', 'sku': '', 'regular_price': '', 'sale_price': '', 'stock_status': 'instock',
                   'weight': '', 'tax_status': 'taxable', 'tax_class': '', 'catalog_visibility': 'visible',
                   'shipping_class': '', 'global_unique_id': '', 'manage_stock': False, 'stock_quantity': None,
                   'image_ids': [], 'categories': [1], 'tags': [], 'attributes': [], 'meta_data': [], 'variants': {},
                   'created': now, 'modified': now}
        self.apply(product, body)
        self.check_sku(product['sku'], 0)
        product['id'] = self.mint()
        product['slug'] = product['slug'] or re.sub(r'[^a-z0-9]+', '-', product['name'].lower()).strip('-')
        seconds = self.hidden if self.hidden is not None else self.shop.config.get('hidden', 0)
        if seconds:
            product['hidden_until'] = now + seconds
        self.products[product['id']] = product
        self.keep('products', f'create {product["id"]}')
        return product

    def update(self, product, body):
        if 'sku' in body:
            self.check_sku(text_of(body['sku'], 'sku'), product['id'])
        self.apply(product, body)
        self.touch(product)
        self.keep('products', f'change {product["id"]}')
        return product

    def show_images(self, product):
        return [{'id': number, 'date_created_gmt': stamp(self.media[number]['at']), 'src': self.media[number]['source_url'],
                 'name': self.media[number]['title'], 'alt': self.media[number]['alt_text']}
                for number in product['image_ids'] if number in self.media]

    def show_terms(self, kind, product):
        return [{name: self.terms[kind][number][name] for name in ('id', 'name', 'slug')}
                for number in product[kind] if number in self.terms[kind]]

    def show(self, product, edit=False):
        text = (lambda value: value) if edit else autop
        link = f'http://127.0.0.1:{self.shop.port}/product/{urllib.parse.quote(product["slug"])}/'
        shown = {name: product[name] for name in TEXTS}
        shown.update({
            'id': product['id'], 'permalink': link, 'date_created_gmt': stamp(product['created']),
            'date_modified_gmt': stamp(product['modified']), 'date_created': stamp(product['created']),
            'date_modified': stamp(product['modified']), 'description': text(product['description']),
            'short_description': text(product['short_description']),
            'price': product['sale_price'] or product['regular_price'], 'manage_stock': product['manage_stock'],
            'stock_quantity': product['stock_quantity'] if product['manage_stock'] else None,
            'categories': self.show_terms('categories', product), 'tags': self.show_terms('tags', product),
            'images': self.show_images(product), 'attributes': product['attributes'],
            'variations': list(product['variants']), 'meta_data': product['meta_data'], 'total_sales': 0,
            'purchasable': True, 'virtual': False, 'downloadable': False, 'backorders': 'no', 'dimensions':
            {'length': '', 'width': '', 'height': ''}, 'parent_id': 0})
        return shown

    def select(self, args):
        status, found = args.get('status', 'any'), []
        skus = [sku for sku in args.get('sku', '').split(',') if sku]
        for product in self.products.values():
            if self.is_hidden(product) or (product['status'] == 'trash' if status == 'any' else product['status'] not in status.split(',')):
                continue
            if skus and product['sku'] not in skus and not any(one['sku'] in skus for one in product['variants'].values()):
                continue
            if 'slug' in args and product['slug'] != args['slug'] or 'type' in args and product['type'] != args['type']:
                continue
            if 'search' in args and args['search'].lower() not in (product['name'] + product['description']).lower():
                continue
            if 'include' in args and str(product['id']) not in args['include'].split(','):
                continue
            if 'modified_after' in args and stamp(product['modified']) <= args['modified_after'][:19]:
                continue
            found.append(product)
        name = {'modified': 'modified', 'id': 'id', 'title': 'name'}.get(args.get('orderby'), 'created')
        return sorted(found, key=lambda one: one[name], reverse=args.get('order', 'desc') == 'desc')

    def page(self, rows, args, show):
        length, number = min(int(args.get('per_page', 10)), 100), int(args.get('page', 1))
        offset = int(args['offset']) if 'offset' in args else (number - 1) * length
        return Answer(200, [show(row) for row in rows[offset:offset + length]],
                      {'X-WP-Total': len(rows), 'X-WP-TotalPages': (len(rows) + length - 1) // length})

    def answer_products(self, request, rest):
        if not rest:
            if request.method == 'POST':
                return Answer(201, self.show(self.create(request.json()), True))
            return self.page(self.select(request.args), request.args, lambda one: self.show(one, request.args.get('context') == 'edit'))
        if rest == ['batch']:
            return self.batch(request.json(), self.create, lambda body: self.update(self.find(int(body['id'])), body),
                              lambda number: self.trash(self.find(int(number)), False), lambda one: self.show(one, True))
        product = self.find(int(rest[0]))
        if rest[1:2] == ['variations']:
            return self.answer_variants(request, product, rest[2:])
        if request.method == 'DELETE':
            return Answer(200, self.show(self.trash(product, request.args.get('force') == 'true')))
        if request.method in ('PUT', 'POST', 'PATCH'):
            return Answer(200, self.show(self.update(product, request.json()), True))
        return Answer(200, self.show(product, request.args.get('context') == 'edit'))

    def trash(self, product, force):
        if force:
            del self.products[product['id']]
        else:
            product['status'] = 'trash'
            self.touch(product)
        self.keep('products', f'trash {product["id"]}')
        return product

    def batch(self, body, create, update, remove, show):
        """200 whatever became of each"""
        answer = {}
        for verb, act in (('create', create), ('update', update), ('delete', remove)):
            for item in body.get(verb, []):
                try:
                    shown = show(act(item))
                except Refusal as refusal:
                    shown = {'id': item.get('id', 0) if isinstance(item, dict) else item, 'error': refusal.value()}
                answer.setdefault(verb, []).append(shown)
        return Answer(200, answer)

    # Variants

    def show_variant(self, variant):
        shown = {name: variant[name] for name in ('id', 'sku', 'regular_price', 'sale_price', 'status', 'description',
                                                  'manage_stock', 'stock_quantity', 'attributes', 'meta_data')}
        image = self.media.get(variant['image_id'])
        shown.update({'price': variant['sale_price'] or variant['regular_price'], 'date_modified_gmt': stamp(variant['modified']),
                      'image': {'id': variant['image_id'], 'src': image['source_url'], 'alt': image['alt_text']} if image else None,
                      'permalink': '', 'stock_status': 'instock'})
        return shown

    def apply_variant(self, product, variant, body):
        for name in ('sku', 'regular_price', 'sale_price', 'status', 'description'):
            if name in body:
                variant[name] = text_of(body[name], name)
        if 'manage_stock' in body:
            variant['manage_stock'] = bool(body['manage_stock'])
        if 'stock_quantity' in body:
            variant['stock_quantity'] = body['stock_quantity'] if body['stock_quantity'] is None else int(body['stock_quantity'])
        if 'image' in body:
            variant['image_id'] = int((body['image'] or {}).get('id', 0))
        if 'attributes' in body:
            variant['attributes'] = [{'id': int(one.get('id', 0)), 'name': str(one.get('name', '')), 'option': str(one['option'])}
                                     for one in body['attributes']]
        if 'meta_data' in body:
            variant['meta_data'] = [{'id': self.mint(), 'key': one['key'], 'value': one['value']} for one in body['meta_data']]
        self.check_sku(variant['sku'], variant['id'])
        variant['modified'] = time.time()
        # Saving a variant makes the shop save its product too (wc_deferred_product_sync())
        self.touch(product)
        self.keep('products', f'variant {product["id"]}')
        return variant

    def find_variant(self, product, number):
        if str(number) not in product['variants']:
            raise Refusal(404, 'woocommerce_rest_product_variation_invalid_id', 'Invalid ID.')
        return product['variants'][str(number)]

    def create_variant(self, product, body):
        variant = {'id': self.mint(), 'sku': '', 'regular_price': '', 'sale_price': '', 'status': 'publish', 'description': '',
                   'manage_stock': False, 'stock_quantity': None, 'image_id': 0, 'attributes': [], 'meta_data': [], 'modified': 0}
        self.apply_variant(product, variant, body)
        product['variants'][str(variant['id'])] = variant
        self.keep('products', f'variant {product["id"]}')
        return variant

    def remove_variant(self, product, number):
        variant = self.find_variant(product, number)
        del product['variants'][str(number)]
        self.keep('products', f'variant {product["id"]}')
        return variant

    def answer_variants(self, request, product, rest):
        if rest == ['batch']:
            return self.batch(request.json(), lambda body: self.create_variant(product, body),
                              lambda body: self.apply_variant(product, self.find_variant(product, body['id']), body),
                              lambda number: self.remove_variant(product, number), self.show_variant)
        if not rest:
            if request.method == 'POST':
                return Answer(201, self.show_variant(self.create_variant(product, request.json())))
            return self.page(list(product['variants'].values()), request.args, self.show_variant)
        if request.method == 'DELETE':
            return Answer(200, self.show_variant(self.remove_variant(product, rest[0])))
        variant = self.find_variant(product, rest[0])
        if request.method != 'GET':
            self.apply_variant(product, variant, request.json())
        return Answer(200, self.show_variant(variant))

    # Terms

    def make_term(self, kind, body):
        terms = self.terms[kind]
        name = text_of(body['name'], 'name')
        for term in terms.values():
            if term['name'].lower() == name.lower() and term['parent'] == int(body.get('parent', 0)):
                raise Refusal(400, 'term_exists', 'A term with the name provided already exists with this parent.', resource_id=term['id'])
        term = {'id': self.mint(), 'name': name, 'slug': urllib.parse.quote(name.lower()), 'parent': int(body.get('parent', 0))}
        terms[term['id']] = term
        self.keep(kind, f'term {term["id"]}')
        return term

    def answer_terms(self, request, kind, rest):
        terms, args = self.terms[kind], request.args
        if rest == ['batch']:
            return self.batch(request.json(), lambda body: self.make_term(kind, body), None, None, lambda term: term)
        if rest:
            if int(rest[0]) not in terms:
                raise Refusal(404, 'woocommerce_rest_term_invalid', 'Resource does not exist.')
            if rest[1:] == ['terms']:
                return Answer(200, [])
            return Answer(200, terms[int(rest[0])])
        if request.method != 'POST':
            rows = [term for term in terms.values() if args.get('search', '').lower() in term['name'].lower() and
                    args.get('slug', term['slug']) == term['slug'] and int(args.get('parent', term['parent'])) == term['parent']]
            return self.page(rows, args, lambda term: term)
        return Answer(201, self.make_term(kind, request.json()))

    # Pictures

    @staticmethod
    def read_part(request):
        """The part "file" of a form: (name, type, bytes, fields)"""
        boundary = re.search(r'boundary="?([^";]+)', request.headers['content-type']).group(1).encode()
        found, fields = None, {}
        for part in request.body.split(b'--' + boundary)[1:-1]:
            head, _, body = part[2:].partition(b'\r\n\r\n')
            body = body.removesuffix(b'\r\n')
            name = re.search(rb'[; ]name="([^"]*)"', head).group(1).decode()
            file = re.search(rb'filename="([^"]*)"', head)
            if file:
                kind = re.search(rb'(?i)content-type: *([^\r\n]+)', head)
                found = (file.group(1).decode(), kind.group(1).decode() if kind else 'application/octet-stream', body)
            else:
                fields[name] = body.decode()
        return (*found, fields)

    def upload(self, request, who):
        # Keys of WooCommerce are not WordPress's
        if who != 'basic':
            raise Refusal(401, 'rest_cannot_create', 'Sorry, you are not allowed to create posts as this user.')
        kind = request.headers.get('content-type', '')
        fields = request.args
        if kind.startswith('multipart/'):
            name, kind, data, fields = self.read_part(request)
        else:
            found = re.search(r'filename="?([^";]+)', request.headers.get('content-disposition', ''))
            if not found:
                raise Refusal(400, 'rest_upload_no_content_disposition', 'No Content-Disposition supplied.')
            name, data = urllib.parse.unquote(found.group(1)), request.body
        if not kind.startswith('image/') or not data:
            raise Refusal(500, 'rest_upload_sideload_error', 'Sorry, you are not allowed to upload this file type.')
        number = self.mint()
        stem, _, end = name.rpartition('.')
        taken = {media['file'] for media in self.media.values()}
        file, k = name, 0
        while file in taken:
            k += 1
            file = f'{stem}-{k}.{end}'
        self.media[number] = {'id': number, 'file': file, 'title': fields.get('title', file.rpartition('.')[0]),
                              'slug': fields.get('slug', file.rpartition('.')[0].lower()), 'alt_text': fields.get('alt_text', ''),
                              'mime_type': kind, 'sha256': hashlib.sha256(data).hexdigest(), 'length': len(data), 'at': time.time(),
                              'source_url': f'http://127.0.0.1:{self.shop.port}/wp-content/uploads/{file}'}
        self.shop.db.execute('INSERT OR REPLACE INTO kept VALUES (?, ?)', (f'file/{file}', data))
        self.keep('media', f'picture {number}')
        return self.media[number]

    @staticmethod
    def show_media(media):
        return {**{name: media[name] for name in ('id', 'slug', 'alt_text', 'mime_type', 'source_url')}, 'status': 'inherit',
                'type': 'attachment', 'media_type': 'image', 'title': {'rendered': html.escape(media['title']), 'raw': media['title']},
                'date_gmt': stamp(media['at']), 'modified_gmt': stamp(media['at']),
                'media_details': {'file': media['file'], 'filesize': media['length']}}

    def answer_media(self, request, rest, who):
        if not rest:
            if request.method == 'POST':
                return Answer(201, self.show_media(self.upload(request, who)))
            args = request.args
            rows = [media for media in self.media.values() if args.get('search', '') in media['title'] + media['file'] and
                    media['slug'] in args.get('slug', media['slug']).split(',')]
            return self.page(rows[::-1], args, self.show_media)
        if int(rest[0]) not in self.media:
            raise Refusal(404, 'rest_post_invalid_id', 'Invalid post ID.')
        media = self.media[int(rest[0])]
        if request.method == 'DELETE':
            del self.media[media['id']]
            self.keep('media', f'remove picture {media["id"]}')
            return Answer(200, {'deleted': True, 'previous': self.show_media(media)})
        if request.method != 'GET':
            body = request.json()
            media['alt_text'] = text_of(body.get('alt_text', media['alt_text']), 'alt_text')
            media['title'] = body.get('title', media['title'])
            self.keep('media', f'change picture {media["id"]}')
        return Answer(200, self.show_media(media))

    # What customers see, and the rest

    def show_store(self, product):
        price = product['sale_price'] or product['regular_price']
        return {'id': product['id'], 'name': html.escape(product['name'], quote=False), 'slug': product['slug'], 'sku': product['sku'],
                'permalink': self.show(product)['permalink'], 'description': autop(product['description']),
                'prices': {'price': price.replace('.', ''), 'currency_code': self.setting('woocommerce_currency'), 'currency_minor_unit': 2},
                'images': self.show_images(product), 'is_in_stock': product['stock_quantity'] != 0}

    def setting(self, name):
        return self.shop.config.get(name, SETTINGS[name])

    def answer_settings(self, rest):
        if len(rest) == 2 and rest[1] in SETTINGS:
            return Answer(200, {'id': rest[1], 'value': self.setting(rest[1])})
        if len(rest) == 1 and rest[0] in SETTING_GROUPS:
            return Answer(200, [{'id': name, 'value': self.setting(name)} for name in SETTINGS])
        raise Refusal(404, 'rest_setting_setting_invalid', 'Invalid setting.')

    def answer_system(self):
        return Answer(200, {'environment': {'home_url': f'http://127.0.0.1:{self.shop.port}', 'version': '10.0.2', 'wp_version': '7.1'},
                            'settings': {'currency': self.setting('woocommerce_currency'), 'currency_symbol': '€',
                                         'number_of_decimals': 2, 'taxonomies': {}},
                            'theme': {'name': 'Fault'}})

    def answer_index(self):
        return Answer(200, {'name': self.shop.config.get('title', f'Fault shop {self.shop.number}'), 'description': '',
                            'url': f'http://127.0.0.1:{self.shop.port}', 'home': f'http://127.0.0.1:{self.shop.port}',
                            'namespaces': ['oembed/1.0', 'wc/v3', 'wc/store/v1', 'wp/v2'], 'authentication':
                            {'application-passwords': {'endpoints': {}}}, 'routes': {}})

    def answer_customers(self, path):
        if path.startswith('/wp-content/uploads/'):
            name = path.removeprefix('/wp-content/uploads/')
            row = self.shop.db.execute('SELECT value FROM kept WHERE name = ?', (f'file/{name}',)).fetchone()
            return Answer(200, body=row[0], kind='image/jpeg') if row else Answer(404, body=b'', kind='text/html')
        if path.startswith('/product/'):
            slug = path.split('/')[2]
            for product in self.products.values():
                if product['slug'] == slug and product['status'] == 'publish':
                    return Answer(200, body=f'<h1>{html.escape(product["name"])}</h1>'.encode(), kind='text/html')
        return Answer(404, body=b'<h1>Not found</h1>', kind='text/html')

    @staticmethod
    def stranger(request):
        """An application password that is not good is said to be that; what is no such thing is not looked at"""
        header = request.headers.get('authorization', '')
        try:
            user = base64.b64decode(header[6:]).decode().partition(':')[0] if header.startswith('Basic ') else ''
        except ValueError:
            user = ''
        if user and not user.startswith('ck_'):
            return Refusal(401, 'incorrect_password', 'The provided password is an invalid application password.')
        return Refusal(401, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.')

    def answer(self, request, who):
        path = request.args.get('rest_route') or request.path
        path = path.removeprefix('/wp-json') if not request.args.get('rest_route') else path
        if path in ('', '/') and request.path != '/':
            return self.answer_index()
        parts = [part for part in path.split('/') if part]
        if parts[:3] == ['wc', 'store', 'v1'] and parts[3:4] == ['products']:
            live = [one for one in self.products.values() if one['status'] == 'publish' and not self.is_hidden(one)]
            return self.page(live, request.args, self.show_store)
        if path == request.path:
            return self.answer_customers(path)
        if not who:
            raise self.stranger(request)
        place, rest = '/'.join(parts[:3]), parts[3:]
        if place == 'wp/v2/media':
            return self.answer_media(request, rest, who)
        if place == 'wp/v2/users':
            return Answer(200, {'id': 1, 'name': 'Seller', 'capabilities': {'upload_files': True, 'manage_woocommerce': True}})
        if place == 'wc/v3/products':
            if rest == ['shipping_classes']:
                return Answer(200, [])
            if rest[:1] in (['categories'], ['tags'], ['attributes']):
                return self.answer_terms(request, rest[0], rest[1:])
            return self.answer_products(request, rest)
        if place == 'wc/v3/settings':
            return self.answer_settings(rest)
        if place == 'wc/v3/system_status':
            return self.answer_system()
        if path == '/wc/v3/data/currencies/current':
            return Answer(200, {'code': self.setting('woocommerce_currency'), 'name': 'Euro', 'symbol': '€'})
        if place in ('wc/v3/taxes', 'wc/v3/shipping'):
            return Answer(200, [])
        raise Refusal(404, 'rest_no_route', 'No route was found matching the URL and request method.')

    # As if somebody else had

    def edit(self, what):
        product = self.products[what['id']] if 'id' in what else next(iter(self.products.values()))
        # To the second; an edit within the same one would not be seen by anybody
        self.apply(product, {name: value for name, value in what.items() if name not in ('id', 'trash', 'later')})
        product['modified'] = max(time.time(), product['modified'] + what.get('later', 1))
        if what.get('trash'):
            product['status'] = 'trash'
        self.keep('products', f'edit {product["id"]}')

    def put(self, what):
        status = what.pop('status', 'publish')
        product = self.create({**what, 'status': 'draft'})
        product['status'] = status
        self.keep('products', f'put {product["id"]}')
        return product

    def term(self, what):
        above = [each['id'] for each in self.terms[what['kind']].values() if each['name'] == what.get('under')]
        return self.make_term(what['kind'], {'name': what['name'], 'parent': above[0] if above else 0})
