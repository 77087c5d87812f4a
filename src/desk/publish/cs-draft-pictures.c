/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-blobs.h"
#include "cs-desk-private.h"
#include "cs-json.h"
#include "cs-outbox.h"

/* The pictures of a draft. A suggested picture that was accepted and that the
 * shop takes goes out as it is, byte for byte the file that its receipt
 * measured; everything else is rendered and stripped.
 */

#define STANDARD_SIDE    2000
#define STANDARD_QUALITY 90

/* What goes out for an item: what was decided, else what stood there */
static const char *
get_final (CsItem *item)
{
  if (item->state == CS_ITEM_ACCEPTED || item->state == CS_ITEM_EDITED)
    return item->value;

  return item->original;
}

const char *
cs_draft_find_final (GPtrArray *items,
                     CsField    field,
                     gint64     photo)
{
  for (guint i = 0; i < items->len; i++)
    {
      CsItem     *item = items->pdata[i];
      const char *value;

      if (item->field != field || item->photo != photo)
        continue;

      value = get_final (item);

      /* Emptied by the seller: there is none, and the original does not come back */
      return value != NULL && *value != '\0' ? value : NULL;
    }

  return NULL;
}

/* The outgoing file of a picture: its hash. The same picture comes out the
 * same, so it is rendered once for as long as the program runs.
 */
static DexFuture *
render_picture_fiber (gpointer data)
{
  CsDeskCall *call = data;
  CsDesk     *self = call->desk;
  g_autofree char *key = g_strdup_printf ("%s/%d/%u", call->text, (int) call->other, call->number);
  const char      *known = g_hash_table_lookup (self->rendered, key);
  g_autoptr (CsPicture) picture = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = NULL;
  g_autofd int     fd = -1;

  if (known != NULL)
    return dex_future_new_for_string (known);

  if ((fd = cs_blobs_open (self->store, call->text, &error)) == -1 ||
      !(picture = dex_await_boxed (cs_image_render (self->image, fd, (int) call->other, (int) call->number), &error)) ||
      !(hash = dex_await_string (cs_blobs_put_bytes (self->store, picture->file), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  g_hash_table_replace (self->rendered, g_steal_pointer (&key), g_strdup (hash));

  return dex_future_new_take_string (g_steal_pointer (&hash));
}

/* Of the account's profile */
typedef struct
{
  int side;
  int quality;
} Limits;

static Limits
read_limits (CsAccount *account)
{
  g_autoptr (JsonNode) profile = cs_json_parse (account->profile != NULL ? account->profile : "{}", -1, NULL);
  JsonObject *wanted = cs_json_node_object (profile);

  return (Limits) {
    CLAMP (cs_json_int (wanted, "picture_side", STANDARD_SIDE), 100, 10000),
    CLAMP (cs_json_int (wanted, "picture_quality", STANDARD_QUALITY), 50, 100),
  };
}

/* One picture on its way out */
typedef struct
{
  DexFuture      *file; /* resolves to its hash */
  CsPictureFormat format;
} Outgoing;

static void
outgoing_free (gpointer data)
{
  Outgoing *outgoing = data;

  dex_clear (&outgoing->file);
  g_free (outgoing);
}

/* The picture of ours that was accepted as it was suggested, where it is that:
 * made in the helper, so nothing in it tells where or with what it was taken
 */
static CsSuggestion *
find_accepted (GPtrArray *items,
               gint64     photo)
{
  for (guint i = 0; i < items->len; i++)
    {
      CsItem *item = items->pdata[i];

      if (item->field != CS_FIELD_PICTURE || item->photo != photo || item->state != CS_ITEM_ACCEPTED)
        continue;

      for (guint j = 0; j < item->suggestions->len; j++)
        {
          CsSuggestion *suggestion = item->suggestions->pdata[j];

          if (suggestion->settings != NULL && g_strcmp0 (suggestion->picture, item->value) == 0)
            return suggestion;
        }
    }

  return NULL;
}

/* By the receipt, which the desk measured itself */
static gboolean
fits (CsSuggestion *suggestion,
      Limits        limits)
{
  g_autoptr (CsReceipt) receipt = suggestion->receipt != NULL ? cs_receipt_from_json (suggestion->receipt) : NULL;

  return receipt != NULL && receipt->within && g_strcmp0 (receipt->picture, suggestion->picture) == 0 &&
         MAX (receipt->out_width, receipt->out_height) <= limits.side;
}

static DexFuture *
render_picture (CsDraftContext *self,
                const char     *source,
                Limits          limits)
{
  CsDeskCall *call = cs_desk_call_new (self->desk);

  call->text = g_strdup (source);
  call->other = limits.side;
  call->number = limits.quality;

  return cs_fiber_spawn_disowned (render_picture_fiber, call, (GDestroyNotify) cs_desk_call_free);
}

static Outgoing *
send_out (CsDraftContext *self,
          GPtrArray      *items,
          CsPhoto        *photo,
          Limits          limits)
{
  CsSuggestion     *accepted = find_accepted (items, photo->id);
  const char       *source = cs_draft_find_final (items, CS_FIELD_PICTURE, photo->id);
  Outgoing         *outgoing = g_new0 (Outgoing, 1);
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;

  outgoing->format = CS_FORMAT_JPEG;
  if (accepted == NULL || !fits (accepted, limits))
    {
      outgoing->file = render_picture (self, source != NULL ? source : photo->hash, limits);
      return outgoing;
    }

  cs_picture_settings_from_json (&settings, accepted->settings);
  outgoing->format = settings.format;
  outgoing->file = dex_future_new_for_string (accepted->picture);

  return outgoing;
}

/* Fills in the listing's pictures; waits, so for fibers only */
gboolean
cs_draft_context_add_pictures (CsDraftContext *self,
                               CsListing      *listing,
                               CsProduct      *product,
                               GPtrArray      *items,
                               GError        **error)
{
  Limits limits = read_limits (self->account);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (outgoing_free);
  g_autoptr (JsonNode) labels = json_node_new (JSON_NODE_OBJECT);
  JsonObject *by_name = json_object_new ();

  /* All at once, since there is a helper for each core */
  json_node_take_object (labels, by_name);
  for (guint i = 0; i < product->photos->len; i++)
    g_ptr_array_add (all, send_out (self, items, product->photos->pdata[i], limits));

  for (guint i = 0; i < product->photos->len; i++)
    {
      CsPhoto         *photo = product->photos->pdata[i];
      Outgoing        *outgoing = all->pdata[i];
      g_autofree char *name = g_strdup_printf ("%s-%u.%s", product->key, i + 1,
                                               cs_picture_format_get_extension (outgoing->format));
      g_autofree char *hash = NULL;
      JsonNode        *label;

      if (!(hash = dex_await_string (dex_ref (outgoing->file), error)))
        return FALSE;

      cs_listing_add_picture (listing, hash, cs_picture_format_get_mime (outgoing->format), name,
                              cs_draft_find_final (items, CS_FIELD_ALT_TEXT, photo->id));

      if (photo->labels != NULL && (label = cs_json_parse (photo->labels, -1, NULL)))
        json_object_set_member (by_name, name, label);
    }

  if (json_object_get_size (by_name) > 0)
    listing->labels = cs_json_canonical (labels);

  return TRUE;
}
