/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "cs-accounts.h"
#include "cs-json.h"
#include "cs-products.h"
#include "cs-shops-private.h"

/* What a marketplace wants to know, as a form that it makes itself. What it
 * asked is kept with its date: categories are many and change seldom, and
 * without network the last known form is better than none.
 */

#define DAY (24 * 60 * 60)

#define SPAWN(fiber, call) cs_fiber_spawn_disowned (fiber, call, (GDestroyNotify) cs_shops_call_free)

static gint64
get_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static const char *
get_kind_name (CsInquiryKind kind)
{
  switch (kind)
    {
    case CS_INQUIRY_CATEGORIES:
      return "categories";

    case CS_INQUIRY_ATTRIBUTES:
      return "attributes";

    case CS_INQUIRY_PROFILE:
    case CS_INQUIRY_SHOP:
    default:
      return "profile";
    }
}

/* The setting that a form is kept in, or NULL for what is asked each time */
static char *
dup_form_name (gint64        account,
               CsInquiryKind kind,
               const char   *category,
               const char   *search)
{
  if (kind == CS_INQUIRY_PROFILE || search != NULL)
    return NULL;

  return g_strdup_printf ("form/%" G_GINT64_FORMAT "/%s/%s", account, get_kind_name (kind), category != NULL ? category : "");
}

/* What is kept, and since when; or NULL */
static CsForm *
await_kept_form (CsStore    *store,
                 const char *name,
                 gint64     *at)
{
  g_autofree char *text = name != NULL ? dex_await_string (cs_store_get_setting (store, name), NULL) : NULL;
  const char      *form = text != NULL ? strchr (text, ' ') : NULL;

  *at = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;

  return form != NULL ? cs_form_from_json (form + 1) : NULL;
}

static void
keep_form (CsStore    *store,
           const char *name,
           CsForm     *form)
{
  g_autofree char *json = cs_form_to_json (form);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %s", get_now (), json);

  dex_await (cs_store_set_setting (store, name, text), NULL);
}

static CsForm *
await_form (CsShops      *self,
            gint64        account,
            CsInquiryKind kind,
            const char   *category,
            const char   *search,
            GError      **error)
{
  g_autofree char *name = dup_form_name (account, kind, category, search);
  gint64           at;
  gint64           longest = kind == CS_INQUIRY_CATEGORIES ? 7 * DAY : DAY;
  g_autoptr (CsForm) kept = await_kept_form (self->store, name, &at);
  g_autoptr (CsInquiry) inquiry = NULL;
  g_autoptr (GError) reason = NULL;
  CsChannel *channel;

  if (kept != NULL && at <= get_now () && at > get_now () - longest)
    return g_steal_pointer (&kept);

  if (!(channel = cs_shops_await_channel (self, account, NULL, error)))
    return NULL;

  inquiry = dex_await_boxed (cs_channel_inquire (channel, kind, category, search), &reason);
  if (inquiry == NULL && kept != NULL && !g_error_matches (reason, CS_ERROR, CS_ERROR_NOT_FOUND))
    return g_steal_pointer (&kept);

  if (inquiry == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  if (name != NULL && self->desk != NULL && !self->desk->reading)
    keep_form (self->store, name, inquiry->form);

  return cs_form_ref (inquiry->form);
}

/* A member as a form's field has it: lists a line each */
static char *
dup_member (JsonObject *values,
            const char *name)
{
  JsonArray *list = cs_json_array (values, name);
  JsonNode  *node = values != NULL ? json_object_get_member (values, name) : NULL;
  GString   *lines;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? "true" : "false");

  if (list == NULL)
    return g_strdup (cs_json_string (values, name, NULL));

  lines = g_string_new (NULL);
  for (guint i = 0; i < json_array_get_length (list); i++)
    g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "",
                            cs_json_array_string (list, i) != NULL ? cs_json_array_string (list, i) : "");

  return g_string_free_and_steal (lines);
}

static void
fill_from (CsForm     *form,
           JsonObject *values)
{
  for (guint i = 0; i < form->fields->len; i++)
    {
      CsFormField     *field = form->fields->pdata[i];
      g_autofree char *value = dup_member (values, field->name);

      if (value != NULL && value[0] != '\0')
        g_set_str (&field->value, value);
    }
}

/* The account's profile */

/* Whether customers see at once what is sent: the program's own question */
static void
add_live (CsForm    *form,
          CsChannel *channel)
{
  CsFormField *field;

  if (!cs_channel_get_traits (channel)->has_drafts || cs_form_find (form, "live") != NULL)
    return;

  field = cs_form_add (form, CS_FORM_SWITCH, "live", _("On sale at once"));
  field->help = g_strdup (_("Otherwise what you approve comes there as a draft, and you put it on sale in the shop."));
  field->value = g_strdup ("true");
}

static CsForm *
await_profile (CsShops    *self,
               gint64      id,
               CsAccount **account,
               GError    **error)
{
  g_autoptr (CsForm) form = NULL;
  g_autoptr (JsonNode) profile = NULL;
  g_autoptr (GError) reason = NULL;
  CsChannel *channel;

  if (!(channel = cs_shops_await_channel (self, id, account, error)))
    return NULL;

  form = await_form (self, id, CS_INQUIRY_PROFILE, NULL, NULL, &reason);
  if (form == NULL && !g_error_matches (reason, CS_ERROR, CS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  if (form == NULL)
    form = cs_form_make ();
  add_live (form, channel);
  if (form->fields->len == 0)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  profile = cs_json_parse ((*account)->profile != NULL ? (*account)->profile : "{}", -1, NULL);
  fill_from (form, cs_json_node_object (profile));

  return g_steal_pointer (&form);
}

static DexFuture *
get_profile_fiber (gpointer data)
{
  CsShopsCall *call = data;
  g_autoptr (CsAccount) account = NULL;
  g_autoptr (CsForm) form = NULL;
  g_autoptr (GError) error = NULL;

  if (!(form = await_profile (call->shops, call->account, &account, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_FORM, g_steal_pointer (&form));
}

DexFuture *
cs_shops_get_profile (CsShops *self,
                      gint64   account)
{
  CsShopsCall *call;
  DexFuture   *refusal;

  dex_return_error_if_fail (CS_IS_SHOPS (self));

  if (!(call = cs_shops_call_new (self, &refusal)))
    return refusal;

  call->account = account;

  return SPAWN (get_profile_fiber, call);
}

static char *
join_sentences (GPtrArray *sentences)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sentences->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", (char *) sentences->pdata[i]);

  return g_string_free_and_steal (text);
}

/* Only what the form asks is taken: what the shop said of itself is not typed over */
static char *
pick_values (CsForm     *form,
             const char *values)
{
  g_autoptr (JsonNode) node = cs_json_parse (values, -1, NULL);
  g_autoptr (JsonNode) picked = json_node_new (JSON_NODE_OBJECT);
  JsonObject *typed = cs_json_node_object (node);
  JsonObject *object = json_object_new ();

  json_node_take_object (picked, object);
  for (guint i = 0; i < form->fields->len; i++)
    {
      CsFormField *field = form->fields->pdata[i];
      const char  *text = cs_json_string (typed, field->name, NULL);

      if (g_str_equal (field->name, "live") && text != NULL)
        json_object_set_boolean_member (object, "live", g_str_equal (text, "true"));
      else if (cs_json_array (typed, field->name) != NULL || text != NULL)
        json_object_set_member (object, field->name, json_node_copy (json_object_get_member (typed, field->name)));
    }

  return cs_json_canonical (picked);
}

/* What was signed stays as it was signed: the terms are part of each payload */
static DexFuture *
set_profile_fiber (gpointer data)
{
  CsShopsCall *call = data;
  CsShops     *self = call->shops;
  g_autoptr (CsAccount) account = NULL;
  g_autoptr (CsForm) form = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *picked = NULL;
  g_autofree char *profile = NULL;
  g_autoptr (GError) error = NULL;

  if (!(form = await_profile (self, call->account, &account, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  findings = cs_form_check (form, call->text);
  if (findings->len > 0)
    {
      g_autofree char *text = join_sentences (findings);

      return cs_fiber_refuse (CS_ERROR_REFUSED, "%s", text);
    }

  g_clear_pointer (&account, cs_account_unref);
  if (!(account = cs_shops_await_account (self, call->account, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  picked = pick_values (form, call->text);
  profile = cs_shops_join_profiles (account->profile, picked);
  g_set_str (&account->profile, profile);
  if (!dex_await (cs_accounts_put (self->store, account), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  cs_publisher_forget_channel (call->desk->publisher, account->id);
  cs_desk_changed (call->desk, CS_DESK_ACCOUNTS, 0);

  return dex_future_new_true ();
}

DexFuture *
cs_shops_set_profile (CsShops    *self,
                      gint64      account,
                      const char *values)
{
  CsShopsCall *call;
  DexFuture   *refusal;

  dex_return_error_if_fail (CS_IS_SHOPS (self));
  dex_return_error_if_fail (values != NULL);

  if (!(call = cs_shops_call_to_write (self, &refusal)))
    return refusal;

  call->account = account;
  call->text = g_strdup (values);

  return SPAWN (set_profile_fiber, call);
}

/* Categories and what they want to know */

static DexFuture *
list_categories_fiber (gpointer data)
{
  CsShopsCall *call = data;
  g_autoptr (GError) error = NULL;
  CsForm *form = await_form (call->shops, call->account, CS_INQUIRY_CATEGORIES, call->text, call->other, &error);

  if (form == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (CS_TYPE_FORM, form);
}

DexFuture *
cs_shops_list_categories (CsShops    *self,
                          gint64      account,
                          const char *under,
                          const char *search)
{
  CsShopsCall *call;
  DexFuture   *refusal;

  dex_return_error_if_fail (CS_IS_SHOPS (self));

  if (!(call = cs_shops_call_new (self, &refusal)))
    return refusal;

  call->account = account;
  call->text = g_strdup (under);
  call->other = g_strdup (search);

  return SPAWN (list_categories_fiber, call);
}

/* What fields are called that a product's facts can fill, in the marketplaces' languages */
static const struct
{
  CsField     field; /* TITLE stands for the colour, which is a variant's */
  const char *names[12];
} facts[] = {
  { CS_FIELD_BRAND, { "brand", "marke", "marque", "marca", "manufacturer", "品牌", "ブランド" } },
  { CS_FIELD_MATERIAL, { "material", "materials", "fabric", "matière", "materiale", "材质", "面料", "材料", "素材" } },
  { CS_FIELD_SIZE, { "size", "dimensions", "größe", "taille", "talla", "尺寸", "尺码", "规格", "サイズ" } },
  { CS_FIELD_TITLE, { "color", "colour", "farbe", "couleur", "colore", "颜色", "色", "カラー" } },
};

static gboolean
is_called (CsFormField *field,
           const char  *name)
{
  g_autofree char *wanted = g_utf8_casefold (name, -1);
  g_autofree char *label = g_utf8_casefold (field->label != NULL ? field->label : "", -1);
  g_autofree char *own = g_utf8_casefold (field->name, -1);

  return g_str_equal (label, wanted) || g_str_equal (own, wanted) ||
         (g_str_has_prefix (own, "pa_") && g_str_equal (own + strlen ("pa_"), wanted));
}

/* A colour that all of the product's variants have */
static char *
dup_colour (CsProduct *product)
{
  g_autofree char *colour = NULL;

  for (guint i = 0; product->variants != NULL && i < product->variants->len; i++)
    {
      CsVariant *variant = product->variants->pdata[i];
      g_autoptr (JsonNode) options = variant->options != NULL ? cs_json_parse (variant->options, -1, NULL) : NULL;
      const char *one = cs_json_string (cs_json_node_object (options), "colour",
                                        cs_json_string (cs_json_node_object (options), "color", NULL));

      if (one == NULL || (colour != NULL && !g_str_equal (colour, one)))
        return NULL;
      g_set_str (&colour, one);
    }

  return g_steal_pointer (&colour);
}

/* Of a choice its value, where there is one that says the same */
static char *
fit_value (CsFormField *field,
           const char  *fact)
{
  g_autofree char *wanted = g_utf8_casefold (fact, -1);

  if (field->kind != CS_FORM_CHOICE && field->kind != CS_FORM_CHOICES)
    return field->longest == 0 || g_utf8_strlen (fact, -1) <= (glong) field->longest ? g_strdup (fact) : NULL;

  for (guint i = 0; i < field->choices->len; i++)
    {
      CsFormChoice    *choice = field->choices->pdata[i];
      g_autofree char *label = g_utf8_casefold (choice->label, -1);

      if (g_str_equal (label, wanted))
        return g_strdup (choice->value);
    }

  return NULL;
}

static void
fill_from_facts (CsForm    *form,
                 CsProduct *product)
{
  g_autofree char *colour = dup_colour (product);

  for (guint i = 0; i < form->fields->len; i++)
    {
      CsFormField *field = form->fields->pdata[i];

      for (guint k = 0; k < G_N_ELEMENTS (facts); k++)
        {
          const char *fact = facts[k].field == CS_FIELD_TITLE ? colour : product->values[facts[k].field];
          char       *value = NULL;

          for (guint n = 0; fact != NULL && value == NULL && facts[k].names[n] != NULL; n++)
            value = is_called (field, facts[k].names[n]) ? fit_value (field, fact) : NULL;

          if (value != NULL)
            {
              g_free (field->value);
              field->value = value;
            }
        }
    }
}

static char *
dup_chosen_name (gint64      account,
                 const char *category)
{
  return g_strdup_printf ("chosen/%" G_GINT64_FORMAT "/%s", account, category);
}

/* What was chosen for the category before, but for what is each product's own */
static void
fill_from_before (CsForm     *form,
                  const char *values)
{
  g_autoptr (JsonNode) node = values != NULL ? cs_json_parse (values, -1, NULL) : NULL;

  for (guint i = 0; i < form->fields->len; i++)
    {
      CsFormField     *field = form->fields->pdata[i];
      g_autofree char *value = dup_member (cs_json_node_object (node), field->name);

      if (value != NULL && (field->kind == CS_FORM_CHOICE || field->kind == CS_FORM_CHOICES || field->kind == CS_FORM_SWITCH))
        g_set_str (&field->value, value);
    }
}

/* What was chosen for a product at an account; (transfer none) of node */
static JsonObject *
find_chosen (CsProduct *product,
             gint64     account,
             JsonNode **node)
{
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, account);

  *node = product->attributes != NULL ? cs_json_parse (product->attributes, -1, NULL) : NULL;

  return cs_json_object (cs_json_node_object (*node), name);
}

static DexFuture *
get_attributes_fiber (gpointer data)
{
  CsShopsCall *call = data;
  CsShops     *self = call->shops;
  g_autoptr (CsProduct) product = NULL;
  g_autoptr (CsForm) form = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *name = NULL;
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *chosen;
  const char *own;

  if (!(product = dex_await_boxed (cs_products_get (self->store, call->product), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  chosen = find_chosen (product, call->account, &node);
  own = cs_json_string (chosen, "category", NULL);
  if (call->text == NULL)
    call->text = g_strdup (own);
  if (call->text == NULL)
    return cs_fiber_refuse (CS_ERROR_NOT_FOUND, "%s", _("Choose the product's category first."));

  if (!(form = await_form (self, call->account, CS_INQUIRY_ATTRIBUTES, call->text, NULL, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  name = dup_chosen_name (call->account, call->text);
  before = dex_await_string (cs_store_get_setting (self->store, name), NULL);
  fill_from_before (form, before);
  fill_from_facts (form, product);
  if (g_strcmp0 (own, call->text) == 0)
    fill_from (form, cs_json_object (chosen, "values"));

  return dex_future_new_take_boxed (CS_TYPE_FORM, g_steal_pointer (&form));
}

DexFuture *
cs_shops_get_attributes (CsShops    *self,
                         gint64      account,
                         gint64      product,
                         const char *category)
{
  CsShopsCall *call;
  DexFuture   *refusal;

  dex_return_error_if_fail (CS_IS_SHOPS (self));

  if (!(call = cs_shops_call_new (self, &refusal)))
    return refusal;

  call->account = account;
  call->product = product;
  call->text = g_strdup (category);

  return SPAWN (get_attributes_fiber, call);
}

static DexFuture *
set_attributes_fiber (gpointer data)
{
  CsShopsCall *call = data;
  CsShops     *self = call->shops;
  g_autoptr (CsAccount) account = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;

  if (!(account = cs_shops_await_account (self, call->account, &error)) ||
      !dex_await (cs_products_set_attributes (self->store, (gint64 *) (gpointer) call->ids->data, call->ids->len,
                                              call->account, call->text, call->label, call->other),
                  &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (call->text != NULL)
    {
      name = dup_chosen_name (call->account, call->text);
      if (!dex_await (cs_store_set_setting (self->store, name, call->other), &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
    }

  for (guint i = 0; i < call->ids->len; i++)
    cs_desk_changed (call->desk, CS_DESK_PRODUCT, g_array_index (call->ids, gint64, i));
  cs_desk_changed (call->desk, CS_DESK_PRODUCTS, 0);
  cs_desk_changed (call->desk, CS_DESK_OUTBOX, 0);

  return dex_future_new_true ();
}

DexFuture *
cs_shops_set_attributes (CsShops      *self,
                         gint64        account,
                         const gint64 *products,
                         guint         n_products,
                         const char   *category,
                         const char   *category_label,
                         const char   *values)
{
  g_autoptr (JsonNode) node = values != NULL ? cs_json_parse (values, -1, NULL) : NULL;
  CsShopsCall *call;
  DexFuture   *refusal;

  dex_return_error_if_fail (CS_IS_SHOPS (self));
  dex_return_error_if_fail (products != NULL || n_products == 0);

  if (!(call = cs_shops_call_to_write (self, &refusal)))
    return refusal;

  call->account = account;
  call->ids = cs_desk_copy_ids (products, n_products);
  call->text = g_strdup (category);
  call->label = g_strdup (category_label);
  call->other = cs_json_node_object (node) != NULL ? cs_json_canonical (node) : g_strdup ("{}");

  return SPAWN (set_attributes_fiber, call);
}

GPtrArray *
cs_shops_await_missing (CsShops   *self,
                        CsAccount *account,
                        CsListing *listing)
{
  g_autofree char *name = listing->category_id != NULL
                            ? dup_form_name (account->id, CS_INQUIRY_ATTRIBUTES, listing->category_id, NULL)
                            : NULL;
  gint64 at;
  g_autoptr (CsForm) form = await_kept_form (self->store, name, &at);

  return form != NULL ? cs_form_check (form, listing->attributes) : g_ptr_array_new_with_free_func (g_free);
}
