/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>

#include "cs-draft-item.h"
#include "cs-draft-words.h"
#include "cs-fiber.h"
#include "cs-picture-loader.h"

/* Pixels of a picture in a list, enough for two device pixels each */
#define LIST_PICTURE 160

struct _CsDraftItem
{
  GObject parent_instance;

  CsDraft      *draft;
  GdkPaintable *picture;
};

G_DEFINE_FINAL_TYPE (CsDraftItem, cs_draft_item, G_TYPE_OBJECT)

typedef enum
{
  PROP_TITLE = 1,
  PROP_PICTURE,
  PROP_FACTS,
  PROP_FINDING,
  PROP_HELD,
  PROP_LABEL,
} CsDraftItemProperty;

static GParamSpec *properties[PROP_LABEL + 1];

gboolean
cs_draft_fits (CsDraft *draft)
{
  return draft->findings == NULL || draft->findings->len == 0;
}

const char *
cs_draft_operation_get_label (CsOperation operation)
{
  switch (operation)
    {
    case CS_OPERATION_CREATE:
      return _("New");

    case CS_OPERATION_UPDATE:
      return _("Changes what is there");

    case CS_OPERATION_WITHDRAW:
      return _("Takes it off the shop");

    case CS_OPERATION_OFFER:
      return _("Price and stock");

    default:
      return "";
    }
}

const char *
cs_draft_get_operation (CsDraft *draft)
{
  if (draft->listing == NULL)
    return draft->is_new ? _("New") : _("Changes what is there");

  return cs_draft_operation_get_label (draft->listing->operation);
}

char *
cs_draft_dup_findings (CsDraft *draft)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; draft->findings != NULL && i < draft->findings->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (const char *) g_ptr_array_index (draft->findings, i));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static guint
count_pictures (CsDraft *draft)
{
  return draft->listing != NULL && draft->listing->pictures != NULL ? draft->listing->pictures->len : 0;
}

/* "Price and stock · 12.50 EUR · 7 → 5 in stock" */
static char *
dup_offer (CsDraft    *draft,
           const char *price)
{
  g_autofree char *number = cs_draft_words_stock (draft->listing);
  g_autofree char *stock = number != NULL ? g_strdup_printf (_("%s in stock"), number) : NULL;

  return g_strjoin (" · ", cs_draft_get_operation (draft), price != NULL ? price : stock, price != NULL ? stock : NULL, NULL);
}

static char *
dup_facts (CsDraft *draft)
{
  guint            n = count_pictures (draft);
  g_autofree char *pictures = g_strdup_printf (ngettext ("%u picture", "%u pictures", n), n);
  g_autofree char *price = draft->listing != NULL ? cs_draft_words_price (draft->listing) : NULL;

  if (draft->listing != NULL && draft->listing->operation == CS_OPERATION_OFFER)
    return dup_offer (draft, price);
  if (draft->listing != NULL && draft->listing->operation == CS_OPERATION_WITHDRAW)
    return g_strdup (cs_draft_get_operation (draft));
  if (price == NULL)
    return g_strdup_printf ("%s · %s", cs_draft_get_operation (draft), pictures);

  return g_strdup_printf ("%s · %s · %s", cs_draft_get_operation (draft), pictures, price);
}

static char *
dup_label (CsDraft *draft)
{
  g_autofree char *facts = dup_facts (draft);
  g_autofree char *findings = cs_draft_dup_findings (draft);

  return g_strdup_printf ("%s, %s. %s", draft->title, facts, findings);
}

static void
cs_draft_item_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  CsDraftItem *self = CS_DRAFT_ITEM (object);

  switch ((CsDraftItemProperty) prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->draft->title);
      break;

    case PROP_PICTURE:
      g_value_set_object (value, self->picture);
      break;

    case PROP_FACTS:
      g_value_take_string (value, dup_facts (self->draft));
      break;

    case PROP_FINDING:
      g_value_take_string (value, cs_draft_dup_findings (self->draft));
      break;

    case PROP_HELD:
      g_value_set_boolean (value, !cs_draft_fits (self->draft));
      break;

    case PROP_LABEL:
      g_value_take_string (value, dup_label (self->draft));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
cs_draft_item_finalize (GObject *object)
{
  CsDraftItem *self = CS_DRAFT_ITEM (object);

  g_clear_pointer (&self->draft, cs_draft_unref);
  g_clear_object (&self->picture);

  G_OBJECT_CLASS (cs_draft_item_parent_class)->finalize (object);
}

static void
cs_draft_item_class_init (CsDraftItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = cs_draft_item_finalize;
  object_class->get_property = cs_draft_item_get_property;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PICTURE] =
    g_param_spec_object ("picture", NULL, NULL, GDK_TYPE_PAINTABLE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FACTS] =
    g_param_spec_string ("facts", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_FINDING] =
    g_param_spec_string ("finding", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HELD] =
    g_param_spec_boolean ("held", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
cs_draft_item_init (CsDraftItem *self)
{
}

typedef struct
{
  CsDraftItem *item;
  CsDesk      *desk;
} Look;

static void
look_free (Look *look)
{
  g_clear_object (&look->item);
  g_clear_object (&look->desk);
  g_free (look);
}

/* What sends no picture is known by the product's own */
static DexFuture *
picture_fiber (gpointer data)
{
  Look *look = data;
  g_autoptr (CsProduct) product = dex_await_boxed (cs_desk_get_product (look->desk, look->item->draft->product), NULL);
  CsPhoto *photo = product != NULL && product->photos->len > 0 ? product->photos->pdata[0] : NULL;

  if (photo == NULL || photo->thumbnail == NULL)
    return dex_future_new_false ();

  look->item->picture = cs_picture_paintable_new (look->desk, photo->thumbnail, LIST_PICTURE);
  g_object_notify_by_pspec (G_OBJECT (look->item), properties[PROP_PICTURE]);

  return dex_future_new_true ();
}

CsDraftItem *
cs_draft_item_new (CsDesk  *desk,
                   CsDraft *draft)
{
  CsDraftItem *self = g_object_new (CS_TYPE_DRAFT_ITEM, NULL);

  self->draft = cs_draft_ref (draft);
  if (count_pictures (draft) > 0)
    {
      CsListingPicture *picture = g_ptr_array_index (draft->listing->pictures, 0);

      self->picture = cs_picture_paintable_new (desk, picture->hash, LIST_PICTURE);
    }
  else
    {
      Look *look = g_new0 (Look, 1);

      look->item = g_object_ref (self);
      look->desk = g_object_ref (desk);
      dex_future_disown (cs_fiber_spawn (picture_fiber, look, (GDestroyNotify) look_free));
    }

  return self;
}

CsDraft *
cs_draft_item_get_draft (CsDraftItem *self)
{
  g_return_val_if_fail (CS_IS_DRAFT_ITEM (self), NULL);

  return self->draft;
}

/* Words for many */

static char *
dup_price_range (GPtrArray *drafts)
{
  CsMoney          low = { 0 }, high = { 0 };
  g_autofree char *from = NULL, *to = NULL;

  for (guint i = 0; i < drafts->len; i++)
    {
      CsDraft       *draft = g_ptr_array_index (drafts, i);
      const CsMoney *price = draft->listing != NULL ? &draft->listing->price : NULL;

      if (price == NULL || *price->currency == '\0' || !cs_draft_fits (draft) || draft->listing->operation == CS_OPERATION_WITHDRAW)
        continue;

      if (*low.currency == '\0')
        low = high = *price;
      else if (!g_str_equal (low.currency, price->currency))
        return NULL; /* prices in two currencies have no range */
      else if (price->minor < low.minor)
        low = *price;
      else if (price->minor > high.minor)
        high = *price;
    }

  if (*low.currency == '\0')
    return NULL;

  from = cs_money_to_display (&low);
  to = cs_money_to_display (&high);

  return low.minor == high.minor ? g_steal_pointer (&from) : g_strdup_printf ("%s – %s", from, to);
}

char *
cs_drafts_dup_summary (GPtrArray *drafts)
{
  g_autofree char *range = dup_price_range (drafts);
  g_autofree char *listings = NULL, *pictures = NULL;
  guint            n_listings = 0, n_pictures = 0;
  gboolean         with_pictures = drafts->len == 0;

  for (guint i = 0; i < drafts->len; i++)
    {
      CsDraft *draft = g_ptr_array_index (drafts, i);

      with_pictures = with_pictures || draft->listing == NULL || draft->listing->operation == CS_OPERATION_CREATE ||
                      draft->listing->operation == CS_OPERATION_UPDATE;
      n_listings += cs_draft_fits (draft);
      n_pictures += cs_draft_fits (draft) ? count_pictures (draft) : 0;
    }

  listings = g_strdup_printf (ngettext ("%u listing", "%u listings", n_listings), n_listings);
  pictures = g_strdup_printf (ngettext ("%u picture", "%u pictures", n_pictures), n_pictures);

  return with_pictures ? g_strjoin (" · ", listings, pictures, range, NULL) : g_strjoin (" · ", listings, range, NULL);
}

char *
cs_drafts_dup_kinds (GPtrArray *drafts)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) strv = NULL;
  guint n_new = 0, n_changed = 0, n_held = 0;

  for (guint i = 0; i < drafts->len; i++)
    {
      CsDraft *draft = g_ptr_array_index (drafts, i);

      if (!cs_draft_fits (draft))
        n_held++;
      else if (draft->is_new)
        n_new++;
      else
        n_changed++;
    }

  if (n_new > 0)
    g_strv_builder_take (parts, g_strdup_printf (ngettext ("%u new", "%u new", n_new), n_new));
  if (n_changed > 0)
    g_strv_builder_take (parts, g_strdup_printf (ngettext ("%u changes what is there", "%u change what is there", n_changed),
                                                 n_changed));
  if (n_held > 0)
    g_strv_builder_take (parts, g_strdup_printf (ngettext ("%u needs a fix", "%u need a fix", n_held), n_held));

  strv = g_strv_builder_end (parts);

  return g_strjoinv (", ", strv);
}
