/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-accounts.h"
#include "cs-blobs.h"
#include "cs-decisions.h"
#include "cs-desk-private.h"
#include "cs-json.h"
#include "cs-outbox.h"
#include "cs-products.h"
#include "cs-remotes.h"
#include "cs-shops-private.h"

/* What would be sent: the decided values, else the originals, and pictures
 * rendered at that moment, all frozen into one listing. The same product makes
 * the same listing, byte for byte, as long as nothing of it changes: that is
 * how approving sees that what was shown is what is signed.
 */

static void
cs_draft_clear (CsDraft *self)
{
  g_clear_pointer (&self->listing, cs_listing_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_free (self->title);
}

CS_DEFINE_RECORD (CsDraft, cs_draft)

static GHashTable *
find_newest (CsDesk  *self,
             gint64   account,
             GError **error)
{
  g_autoptr (GHashTable) newest = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                                         (GDestroyNotify) cs_outbox_entry_unref);
  g_autoptr (GPtrArray) entries = NULL;

  if (!(entries = dex_await_boxed (cs_outbox_list (self->store, account, FALSE), error)))
    return NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      CsOutboxEntry *entry = entries->pdata[i];

      if (entry->state != CS_OUTBOX_VOIDED && !g_hash_table_contains (newest, &entry->product))
        g_hash_table_insert (newest, &entry->product, cs_outbox_entry_ref (entry));
    }

  return g_steal_pointer (&newest);
}

CsDraftContext *
cs_draft_context_new (CsDesk  *self,
                      gint64   account,
                      GError **error)
{
  g_autoptr (CsDraftContext) context = g_new0 (CsDraftContext, 1);
  g_autoptr (GError) reason = NULL;

  context->desk = g_object_ref (self);
  if (!(context->account = dex_await_boxed (cs_accounts_get (self->store, account), error)) ||
      !(context->newest = find_newest (self, account, error)))
    return NULL;

  if (context->account->removed)
    context->obstacle = g_strdup_printf (_("The shop “%s” was removed here."), context->account->name);
  else if (!(context->channel = cs_publisher_get_channel (self->publisher, context->account, &reason)))
    context->obstacle = g_strdup (reason->message);

  return g_steal_pointer (&context);
}

void
cs_draft_context_free (CsDraftContext *self)
{
  g_clear_object (&self->desk);
  g_clear_pointer (&self->account, cs_account_unref);
  g_clear_pointer (&self->newest, g_hash_table_unref);
  g_free (self->obstacle);
  g_free (self);
}

void
cs_draft_context_add_finding (CsDraft    *draft,
                              const char *sentence)
{
  g_ptr_array_add (draft->findings, g_strdup (sentence));
}

/* Sets *remote, which stays NULL where the channel has told of no such listing */
gboolean
cs_draft_context_find_remote (CsDraftContext   *self,
                              gint64            product,
                              CsRemoteListing **remote,
                              GError          **error)
{
  g_autoptr (GError) reason = NULL;

  *remote = dex_await_boxed (cs_remotes_get (self->desk->store, self->account->id, product), &reason);
  if (*remote != NULL || g_error_matches (reason, CS_ERROR, CS_ERROR_NOT_FOUND))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&reason));

  return FALSE;
}

static char **
split_lines (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strstrip (lines[i]);
      if (lines[i][0] != '\0')
        g_strv_builder_add (builder, lines[i]);
    }

  return g_strv_builder_end (builder);
}

static int
find_photo (CsProduct *product,
            gint64     photo)
{
  for (guint i = 0; i < product->photos->len; i++)
    {
      if (((CsPhoto *) product->photos->pdata[i])->id == photo)
        return i;
    }

  return -1;
}

static char *
write_variants (CsProduct *product)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  json_node_take_array (node, array);
  for (guint i = 0; product->variants != NULL && i < product->variants->len; i++)
    {
      CsVariant  *variant = product->variants->pdata[i];
      JsonObject *tree = json_object_new ();
      JsonNode   *options = variant->options != NULL ? cs_json_parse (variant->options, -1, NULL) : NULL;

      json_object_set_member (tree, "options", options != NULL ? options : json_node_new (JSON_NODE_NULL));
      json_object_set_string_member (tree, "sku", variant->sku);
      json_object_set_string_member (tree, "price", variant->price);
      json_object_set_int_member (tree, "stock", variant->stock);
      json_object_set_int_member (tree, "picture", find_photo (product, variant->photo));
      json_array_add_object_element (array, tree);
    }

  return json_array_get_length (array) > 0 ? cs_json_canonical (node) : NULL;
}

void
cs_draft_fill_offer (CsListing *listing,
                     CsProduct *product,
                     CsDraft   *draft,
                     CsAccount *account)
{
  char *const *values = product->values;
  g_autoptr (GError) error = NULL;

  listing->key = g_strdup (product->key);
  listing->sku = g_strdup (values[CS_FIELD_SKU] != NULL ? values[CS_FIELD_SKU] : product->key);
  listing->variants = write_variants (product);
  listing->stock = -1;

  if (values[CS_FIELD_STOCK] != NULL)
    listing->stock = g_ascii_strtoll (values[CS_FIELD_STOCK], NULL, 10);

  if (values[CS_FIELD_PRICE] != NULL &&
      !cs_money_parse (values[CS_FIELD_PRICE], account->currency, &listing->price, &error))
    cs_draft_context_add_finding (draft, error->message);
}

static void
fill_facts (CsListing *listing,
            CsProduct *product,
            CsDraft   *draft,
            CsAccount *account)
{
  char *const *values = product->values;

  cs_draft_fill_offer (listing, product, draft, account);
  listing->brand = g_strdup (values[CS_FIELD_BRAND]);
  listing->material = g_strdup (values[CS_FIELD_MATERIAL]);
  listing->size = g_strdup (values[CS_FIELD_SIZE]);
  listing->category = g_strdup (values[CS_FIELD_CATEGORY]);
}

/* What was chosen for this account's marketplace, and what holds for all of the
 * account's listings. Whether customers see it and how pictures are made is said
 * elsewhere in the listing.
 */
static void
fill_terms (CsListing *listing,
            CsProduct *product,
            CsAccount *account)
{
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, account->id);
  g_autofree char *profile = cs_shops_join_profiles (account->profile, NULL);
  g_autoptr (JsonNode) node = product->attributes != NULL ? cs_json_parse (product->attributes, -1, NULL) : NULL;
  g_autoptr (JsonNode) terms = cs_json_parse (profile, -1, NULL);
  g_autoptr (GList) members = json_object_get_members (json_node_get_object (terms));
  JsonObject *chosen = cs_json_object (cs_json_node_object (node), name);
  JsonObject *values = cs_json_object (chosen, "values");

  listing->category_id = g_strdup (cs_json_string (chosen, "category", NULL));
  if (cs_json_string (chosen, "label", NULL) != NULL)
    g_set_str (&listing->category, cs_json_string (chosen, "label", NULL));
  if (values != NULL && json_object_get_size (values) > 0)
    listing->attributes = cs_json_canonical (json_object_get_member (chosen, "values"));

  for (GList *member = members; member != NULL; member = member->next)
    {
      if (g_str_equal (member->data, "live") || g_str_has_prefix (member->data, "picture_") ||
          g_str_has_prefix (member->data, "interface_"))
        json_object_remove_member (json_node_get_object (terms), member->data);
    }

  if (json_object_get_size (json_node_get_object (terms)) > 0)
    listing->terms = cs_json_canonical (terms);
}

static void
fill_texts (CsListing *listing,
            GPtrArray *items)
{
  listing->title = g_strdup (cs_draft_find_final (items, CS_FIELD_TITLE, 0));
  listing->description = g_strdup (cs_draft_find_final (items, CS_FIELD_DESCRIPTION, 0));
  listing->bullets = split_lines (cs_draft_find_final (items, CS_FIELD_BULLETS, 0));
  listing->keywords = split_lines (cs_draft_find_final (items, CS_FIELD_KEYWORDS, 0));
}

void
cs_draft_context_fill_place (CsDraftContext  *self,
                             CsListing       *listing,
                             CsRemoteListing *remote)
{
  CsAccount *account = self->account;
  g_autoptr (JsonNode) profile = cs_json_parse (account->profile != NULL ? account->profile : "{}", -1, NULL);

  listing->account = account->id;
  listing->channel = g_strdup (account->channel);
  listing->address = g_strdup (account->address);
  listing->adapter = g_strdup (self->channel != NULL ? cs_channel_get_traits (self->channel)->version : NULL);
  listing->live = cs_json_bool (cs_json_node_object (profile), "live", TRUE);
  listing->operation = remote != NULL ? CS_OPERATION_UPDATE : CS_OPERATION_CREATE;
  if (remote != NULL)
    {
      listing->remote_id = g_strdup (remote->remote_id);
      listing->remote_version = g_strdup (remote->version);
    }
}

/* Why it cannot be approved, as far as the person's decisions go */
static void
check_items (CsDraft   *draft,
             GPtrArray *items)
{
  g_autoptr (GString) open = g_string_new (NULL);
  guint n_waiting = 0;

  for (guint i = 0; i < items->len; i++)
    {
      CsItem *item = items->pdata[i];

      n_waiting += item->state == CS_ITEM_PENDING || item->state == CS_ITEM_LATER;
      if (item->state == CS_ITEM_OPEN)
        g_string_append_printf (open, "%s%s", open->len > 0 ? _(", ") : "", cs_field_get_label (item->field));
    }

  if (n_waiting > 0)
    g_ptr_array_add (draft->findings,
                     g_strdup_printf (ngettext ("%u suggestion waits for your decision.",
                                                "%u suggestions wait for your decision.", n_waiting),
                                      n_waiting));
  if (open->len > 0)
    g_ptr_array_add (draft->findings, g_strdup_printf (_("Still missing: %s."), open->str));
}

static void
add_findings (CsDraft   *draft,
              GPtrArray *sentences)
{
  for (guint i = 0; i < sentences->len; i++)
    cs_draft_context_add_finding (draft, sentences->pdata[i]);
}

static gboolean
holds_sentence (GPtrArray  *sentences,
                const char *sentence)
{
  for (guint i = 0; i < sentences->len; i++)
    {
      if (g_str_equal (sentences->pdata[i], sentence))
        return TRUE;
    }

  return FALSE;
}

/* Whether something of what is wrong would be right with any category */
static gboolean
lacks_category (CsDraftContext *self,
                CsListing      *listing,
                GPtrArray      *refused)
{
  char some[] = "1";
  g_autoptr (GPtrArray) with = NULL;

  if (listing->category_id != NULL || refused == NULL || refused->len == 0)
    return FALSE;

  listing->category_id = some;
  with = cs_channel_check (self->channel, listing);
  listing->category_id = NULL;
  for (guint i = 0; i < refused->len; i++)
    {
      if (!holds_sentence (with, refused->pdata[i]))
        return TRUE;
    }

  return FALSE;
}

/* Why the marketplace would refuse it, as far as that is known here */
static void
check_channel (CsDraftContext *self,
               CsDraft        *draft)
{
  g_autoptr (GPtrArray) missing = cs_shops_await_missing (self->desk->shops, self->account, draft->listing);
  g_autoptr (GPtrArray) refused = self->channel != NULL ? cs_channel_check (self->channel, draft->listing) : NULL;

  draft->lacks_terms = missing->len > 0 || lacks_category (self, draft->listing, refused);
  add_findings (draft, missing);
  if (refused != NULL)
    add_findings (draft, refused);
}

/* What is on its way is waited for: a second listing must not overtake it */
void
cs_draft_context_check_outbox (CsDraftContext *self,
                               CsDraft        *draft)
{
  CsOutboxEntry *entry = g_hash_table_lookup (self->newest, &draft->product);

  if (self->obstacle != NULL)
    cs_draft_context_add_finding (draft, self->obstacle);

  if (entry == NULL)
    return;

  if (entry->state == CS_OUTBOX_READY)
    cs_draft_context_add_finding (draft, _("This is approved already and waits to be sent."));
  else if (entry->state == CS_OUTBOX_SENDING || entry->state == CS_OUTBOX_UNKNOWN ||
           entry->state == CS_OUTBOX_WAITING || entry->state == CS_OUTBOX_SIGN_IN)
    cs_draft_context_add_finding (draft, _("This product is on its way to the shop. Wait until it is there."));
}

/* Whether what is there, as we signed it, says the same already */
static gboolean
says_the_same (CsDraftContext *self,
               CsDraft        *draft)
{
  CsOutboxEntry *entry = g_hash_table_lookup (self->newest, &draft->product);
  g_autoptr (CsListing) there = NULL;

  if (entry == NULL || entry->state != CS_OUTBOX_DONE || entry->operation == CS_OPERATION_WITHDRAW ||
      draft->listing->operation != CS_OPERATION_UPDATE ||
      !(there = dex_await_boxed (cs_outbox_get_payload (self->desk->store, entry->payload), NULL)))
    return FALSE;

  there->operation = draft->listing->operation;
  g_set_str (&there->remote_id, draft->listing->remote_id);
  g_set_str (&there->remote_version, draft->listing->remote_version);
  cs_listing_freeze (there);

  return g_str_equal (there->hash, draft->listing->hash);
}

static CsListing *
make_listing (CsDraftContext *self,
              CsDraft        *draft,
              CsProduct      *product,
              GPtrArray      *items,
              GError        **error)
{
  g_autoptr (CsListing) listing = cs_listing_new ();
  g_autoptr (CsRemoteListing) remote = NULL;

  if (!cs_draft_context_find_remote (self, product->id, &remote, error))
    return NULL;

  cs_draft_context_fill_place (self, listing, remote);
  fill_facts (listing, product, draft, self->account);
  fill_terms (listing, product, self->account);
  fill_texts (listing, items);
  if (!cs_draft_context_add_pictures (self, listing, product, items, error))
    return NULL;

  cs_listing_freeze (listing);

  return g_steal_pointer (&listing);
}

CsDraft *
cs_draft_context_make (CsDraftContext *self,
                       gint64          product_id,
                       GError        **error)
{
  g_autoptr (CsDraft) draft = cs_draft_new ();
  g_autoptr (CsProduct) product = NULL;
  g_autoptr (GPtrArray) items = NULL;

  draft->product = product_id;
  draft->account = self->account->id;
  draft->findings = g_ptr_array_new_with_free_func (g_free);

  if (!(product = dex_await_boxed (cs_products_get (self->desk->store, product_id), error)) ||
      !(items = dex_await_boxed (cs_items_list (self->desk->store, product_id), error)) ||
      !(draft->listing = make_listing (self, draft, product, items, error)))
    return NULL;

  draft->title = g_strdup (draft->listing->title);
  draft->is_new = draft->listing->operation == CS_OPERATION_CREATE;

  if (draft->title == NULL || draft->title[0] == '\0')
    cs_draft_context_add_finding (draft, _("It has no title."));
  if (product->photos->len == 0)
    cs_draft_context_add_finding (draft, _("It has no photo."));
  check_items (draft, items);
  check_channel (self, draft);
  cs_draft_context_check_outbox (self, draft);
  if (says_the_same (self, draft))
    cs_draft_context_add_finding (draft, _("This is there already, and nothing has changed since."));

  return g_steal_pointer (&draft);
}
