/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "../image/cs-scene-shot.h"

#include "cs-edit-engine.h"
#include "cs-edit-scenes.h"
#include "cs-edit-sending.h"
#include "cs-error.h"
#include "cs-hash.h"
#include "cs-model-server.h"
#include "cs-provider-catalogue.h"

/* Scenes from every kind of model that edits pictures, by the model server; and
 * all that such a server may send in place of one
 */
#define KEY "sk-secret-1234"

/* A meter that permits, remembers, and tells what was asked of it */
#define TEST_TYPE_METER (test_meter_get_type ())

G_DECLARE_FINAL_TYPE (TestMeter, test_meter, TEST, METER, GObject)

struct _TestMeter
{
  GObject parent_instance;

  GHashTable *replies; /* by key */
  GHashTable *keys;    /* of what is under way, by id */
  GArray     *states;  /* CsSentState, in order */
  guint       n_begun;
  guint       makes;
  guint       made;
  guint       pictures;
  gint64      held;
  GError     *refusal;
};

static DexFuture *
test_meter_begin (CsMeter         *meter,
                  const CsSending *sending)
{
  TestMeter *self = TEST_METER (meter);
  CsPermit  *permit;
  GBytes    *reply;

  if (self->refusal != NULL)
    return dex_future_new_for_error (g_error_copy (self->refusal));

  permit = cs_permit_new ();
  permit->id = ++self->n_begun;
  if ((reply = g_hash_table_lookup (self->replies, sending->key)))
    permit->reply = g_bytes_ref (reply);
  self->makes += sending->makes;
  self->pictures += sending->pictures;
  g_hash_table_insert (self->keys, GINT_TO_POINTER ((int) permit->id), g_strdup (sending->key));

  return dex_future_new_take_boxed (CS_TYPE_PERMIT, permit);
}

static DexFuture *
test_meter_end (CsMeter         *meter,
                gint64           id,
                const CsOutcome *outcome)
{
  TestMeter *self = TEST_METER (meter);
  char      *key = g_hash_table_lookup (self->keys, GINT_TO_POINTER ((int) id));

  g_assert_nonnull (key);
  g_array_append_val (self->states, outcome->state);
  self->made += outcome->made;
  g_assert_true ((outcome->state == CS_SENT_ANSWERED) == (outcome->reply != NULL));
  if (outcome->message != NULL)
    g_assert_null (strstr (outcome->message, KEY));
  if (outcome->reply != NULL)
    g_hash_table_insert (self->replies, g_strdup (key), g_bytes_ref (outcome->reply));

  return dex_future_new_true ();
}

static void
test_meter_hold (CsMeter *meter,
                 gint64   until)
{
  TEST_METER (meter)->held = until;
}

static void
test_meter_iface_init (CsMeterInterface *iface)
{
  iface->begin = test_meter_begin;
  iface->end = test_meter_end;
  iface->hold = test_meter_hold;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestMeter, test_meter, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (CS_TYPE_METER, test_meter_iface_init))

static void
test_meter_finalize (GObject *object)
{
  TestMeter *self = TEST_METER (object);

  g_hash_table_unref (self->replies);
  g_hash_table_unref (self->keys);
  g_array_unref (self->states);
  g_clear_error (&self->refusal);

  G_OBJECT_CLASS (test_meter_parent_class)->finalize (object);
}

static void
test_meter_class_init (TestMeterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_meter_finalize;
}

static void
test_meter_init (TestMeter *self)
{
  self->replies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->keys = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->states = g_array_new (FALSE, FALSE, sizeof (CsSentState));
}

typedef struct
{
  const char *dialect;  /* of the model server */
  const char *provider; /* in the catalogue */
} Kind;

static const Kind kinds[] = {
  { "openai-edit-json", "openai-pictures" },
  { "openai-edit-multipart", "custom-pictures" },
  { "qwen-edit", "qwen-pictures" },
  { "dashscope-async", "dashscope-pictures" },
  { "seedream", "seedream" },
  { "gemini-image", "gemini-pictures" },
};

static const char *const models[] = {
  "gpt-image-1.5", "gpt-image-1.5", "qwen-image-edit-plus", "wan2.5-i2i-preview", "doubao-seedream-5-0-lite-260128",
  "gemini-3.1-flash-image-preview",
};

static CsModelServer *server;
static CsHttp *http;
static CsProviderCatalogue *catalogue;

typedef struct
{
  CsEngine  *engine;
  TestMeter *meter;
} Rig;

static void
rig_clear (Rig *self)
{
  g_clear_object (&self->engine);
  g_clear_object (&self->meter);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rig, rig_clear)

/* quirks: what stands behind the dialect's name, or "" */
static Rig
make_rig_with (guint       kind,
               const char *quirks,
               const char *secret)
{
  CsProvider *known = cs_provider_catalogue_find (catalogue, kinds[kind].provider);
  g_autoptr (CsProvider) provider = cs_provider_new ();
  g_autoptr (CsEngineSetup) setup = cs_engine_setup_new ();
  g_autofree char *dialect = g_strconcat (kinds[kind].dialect, quirks, NULL);
  Rig              rig = { cs_edit_engine_new (), g_object_new (TEST_TYPE_METER, NULL) };
  CsModelParts     parts = { setup, provider, secret, http, image, CS_METER (rig.meter) };
  g_auto (GStrv)   halves = NULL;

  g_assert_nonnull (known);
  g_assert_cmpint (known->kind, ==, CS_ENGINE_PICTURES);
  provider->id = g_strdup (known->id);
  provider->kind = known->kind;
  provider->title = g_strdup (known->title);
  provider->marks = known->marks;

  /* Nobody has all day */
  halves = g_strsplit (known->profile, "{", 2);
  provider->profile = g_strconcat ("{\"poll\":40,", halves[1], NULL);

  setup->id = g_strdup ("painter");
  setup->kind = CS_ENGINE_PICTURES;
  setup->provider = g_strdup (known->id);
  setup->title = g_strdup ("Painter");
  setup->address = cs_model_server_dup_address (server, dialect);
  setup->model = g_strdup (models[kind]);
  setup->price = CS_PRICE_NONE;
  cs_model_engine_set_parts (CS_MODEL_ENGINE (rig.engine), &parts);

  return rig;
}

static Rig
make_rig (guint       kind,
          const char *quirks)
{
  return make_rig_with (kind, quirks, KEY);
}

static CsEngineRequest *
make_request (Shot       *shot,
              const char *settings)
{
  g_autoptr (CsEngineRequest) request = cs_engine_request_new ();
  g_autoptr (CsPhoto) photo = cs_photo_new ();
  CsEnginePhoto *taken;

  request->product = cs_product_new ();
  request->product->id = 7;
  photo->id = 3;
  photo->hash = cs_hash_data ("photo", 5);
  photo->name = g_strdup ("vase.png");
  photo->width = photo->height = PHOTO;
  taken = cs_engine_request_take_photo (request, photo, g_steal_fd (&shot->photo), NULL, g_strdup (settings));
  if (shot->mask >= 0)
    cs_engine_photo_set_mask (taken, g_steal_fd (&shot->mask), "of-the-network", TRUE, NULL);

  return g_steal_pointer (&request);
}

#define SETTINGS "{\"max_side\":600,\"polish\":0,\"scene\":\"stone\"}"

static GPtrArray *
suggest (Rig           *rig,
         GCancellable  *cancellable,
         CsEngineRequest **kept,
         GError       **error)
{
  g_auto (Shot) shot = make_shot ();
  g_autoptr (CsEngineRequest) request = make_request (&shot, SETTINGS);
  GPtrArray *suggestions = dex_await_boxed (cs_engine_suggest (rig->engine, request, cancellable), error);

  if (kept != NULL)
    *kept = g_steal_pointer (&request);

  return suggestions;
}

static CsSentState
last_state (Rig *rig)
{
  g_assert_cmpuint (rig->meter->states->len, >, 0);

  return g_array_index (rig->meter->states, CsSentState, rig->meter->states->len - 1);
}

/* As the desk measures it: nothing of it is the model's but what stands behind */
static void
assert_true_to_photo (CsSuggestion *suggestion)
{
  g_auto (Shot) shot = make_shot ();
  CsPictureSettings settings;
  CsPictureInput    input = make_input (&shot, -1);
  g_autofd int      fd = to_fd (suggestion->picture_bytes);
  g_autoptr (GError) error = NULL;
  g_autofree char  *receipt = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_true (cs_picture_settings_from_json (&settings, suggestion->settings));
  receipt = dex_await_string (cs_image_measure (image, &input, &settings, fd, suggestion->receipt), &error);
  g_assert_no_error (error);
  node = cs_json_parse (receipt, -1, NULL);
  g_assert_true (cs_json_bool (cs_json_node_object (node), "within", FALSE));
  g_assert_cmpfloat (cs_json_double (cs_json_node_object (node), "changed", 1), ==, 0);
}

static void
assert_sent_cleanly (guint first)
{
  g_autoptr (JsonArray) requests = cs_model_server_dup_requests (server);
  guint n_pictures = 0;

  for (guint i = first; i < json_array_get_length (requests); i++)
    {
      JsonObject *request = json_array_get_object_element (requests, i);
      JsonArray  *pictures = cs_json_array (request, "pictures");

      for (guint j = 0; pictures != NULL && j < json_array_get_length (pictures); j++)
        {
          JsonObject *picture = json_array_get_object_element (pictures, j);

          n_pictures++;
          g_assert_false (cs_json_bool (picture, "exif", TRUE));
          g_assert_false (cs_json_bool (picture, "gps", TRUE));
        }

      /* Where a picture is fetched from, no key is needed */
      if (strstr (cs_json_string (request, "path", ""), "/result/") != NULL)
        g_assert_null (cs_json_string (cs_json_object (request, "headers"), "Authorization", NULL));
    }

  g_assert_cmpuint (n_pictures, >=, 1);
}

static void
assert_scene (CsSuggestion *suggestion,
              guint         kind)
{
  CsPictureSettings settings;
  g_autofree char  *source = read_tag (suggestion->picture_bytes, "Xmp.iptcExt.DigitalSourceType");
  g_autofree char  *aigc = read_tag (suggestion->picture_bytes, "Xmp.TC260.AIGC");

  g_assert_cmpint (suggestion->field, ==, CS_FIELD_PICTURE);
  g_assert_cmpstr (suggestion->engine, ==, "painter");
  g_assert_cmpint (suggestion->variant, ==, 2);
  g_assert_cmpint (suggestion->photo, ==, 3);
  g_assert_false (suggestion->abstains);
  g_assert_cmpstr (suggestion->remarks[0], ==, "The background was painted by Painter");
  g_assert_cmpint (suggestion->sent, >, 0);
  g_assert_true (cs_picture_settings_from_json (&settings, suggestion->settings));
  g_assert_true (cs_picture_settings_is_generated (&settings));
  g_assert_cmpstr (settings.scene, ==, "stone");
  g_assert_nonnull (strstr (settings.producer, models[kind]));
  g_assert_cmpint (settings.mark, ==, cs_provider_catalogue_find (catalogue, kinds[kind].provider)->marks ? CS_MARK_ZH : CS_MARK_OFF);
  g_assert_true (g_str_has_suffix (source, "/compositeWithTrainedAlgorithmicMedia"));
  g_assert_nonnull (strstr (aigc, settings.producer));
  assert_true_to_photo (suggestion);
}

/* One scene, from asking to reading what was kept of it, which costs nothing */
static void
try_dialect (guint kind)
{
  g_auto (Rig) rig = make_rig (kind, "");
  guint first = cs_model_server_count (server, NULL), n;
  g_autoptr (CsEngineRequest) request = NULL;
  g_autoptr (CsEngineRequest) later = NULL;
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (Shot) shot = make_shot ();
  CsPictureSettings settings;
  g_autofree char *painted = NULL;
  GHashTableIter iter;
  gpointer reply;

  suggestions = suggest (&rig, NULL, &request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (suggestions->len, ==, 1);
  assert_scene (suggestions->pdata[0], kind);
  keep (kinds[kind].dialect, ((CsSuggestion *) suggestions->pdata[0])->picture_bytes);
  g_assert_cmpint (last_state (&rig), ==, CS_SENT_ANSWERED);
  g_assert_cmpuint (rig.meter->makes, ==, 1);
  g_assert_cmpuint (rig.meter->made, ==, 1);
  g_assert_cmpuint (rig.meter->pictures, ==, 1);
  assert_sent_cleanly (first);

  /* The desk keeps what was painted under the hash that the recipe names */
  cs_picture_settings_from_json (&settings, ((CsSuggestion *) suggestions->pdata[0])->settings);
  painted = cs_hash_bytes (((CsEnginePhoto *) request->photos->pdata[0])->painted);
  g_assert_cmpstr (painted, ==, settings.backdrop);

  /* The very same is not asked for twice, and read to the same bytes */
  n = cs_model_server_count (server, NULL);
  kept = suggest (&rig, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((CsSuggestion *) kept->pdata[0])->picture, ==, ((CsSuggestion *) suggestions->pdata[0])->picture);

  g_hash_table_iter_init (&iter, rig.meter->replies);
  g_assert_true (g_hash_table_iter_next (&iter, NULL, &reply));
  later = make_request (&shot, NULL);
  again = dex_await_boxed (cs_model_engine_read (CS_MODEL_ENGINE (rig.engine), later, reply, 1), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((CsSuggestion *) again->pdata[0])->picture, ==, ((CsSuggestion *) suggestions->pdata[0])->picture);
  g_assert_cmpuint (cs_model_server_count (server, NULL), ==, n);
}

static void
test_dialects (void)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    {
      g_test_message ("%s", kinds[kind].dialect);
      try_dialect (kind);
    }
}

typedef struct
{
  guint       kind;
  const char *quirks;
  CsError     code;
  CsSentState state;
  guint       made; /* what it may have cost is booked */
} Fault;

static void
test_faults (void)
{
  static const Fault faults[] = {
    { 0, "+html", CS_ERROR_REFUSED, CS_SENT_FAILED, 0 },
    { 0, "+html=403", CS_ERROR_SIGN_IN, CS_SENT_REFUSED, 0 },
    { 0, "+nob64", CS_ERROR_REFUSED, CS_SENT_FAILED, 0 },
    { 0, "+nopicture", CS_ERROR_REFUSED, CS_SENT_FAILED, 0 },
    { 0, "+result=gif", CS_ERROR_REFUSED, CS_SENT_FAILED, 1 },
    { 0, "+result=svg", CS_ERROR_REFUSED, CS_SENT_FAILED, 1 },
    { 0, "+result=bomb", CS_ERROR_UNREADABLE, CS_SENT_ANSWERED, 1 },
    { 0, "+result=cut", CS_ERROR_UNREADABLE, CS_SENT_ANSWERED, 1 },
    { 0, "+pixels=1024x512", CS_ERROR_UNREADABLE, CS_SENT_ANSWERED, 1 },
    { 0, "+nobalance", CS_ERROR_SIGN_IN, CS_SENT_REFUSED, 0 },
    { 0, "+err200", CS_ERROR_SIGN_IN, CS_SENT_REFUSED, 0 },
    { 0, "+err=400", CS_ERROR_REFUSED, CS_SENT_REFUSED, 0 },
    { 0, "+redirect", CS_ERROR_REFUSED, CS_SENT_REFUSED, 0 },
    { 0, "+url+far", CS_ERROR_REFUSED, CS_SENT_FAILED, 1 },
    { 0, "+url+file-url", CS_ERROR_REFUSED, CS_SENT_FAILED, 1 },
    { 2, "+result=404", CS_ERROR_REFUSED, CS_SENT_FAILED, 1 },
    { 2, "+result=redirect", CS_ERROR_REFUSED, CS_SENT_FAILED, 1 },
    { 2, "+result=wrong-type", CS_ERROR_REFUSED, CS_SENT_FAILED, 1 },
    { 2, "+result=nothing", CS_ERROR_REFUSED, CS_SENT_FAILED, 1 },
    { 2, "+result=html", CS_ERROR_REFUSED, CS_SENT_FAILED, 1 },
    { 3, "+fail-task", CS_ERROR_REFUSED, CS_SENT_FAILED, 0 },
    { 5, "+nopicture", CS_ERROR_REFUSED, CS_SENT_FAILED, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_auto (Rig) rig = make_rig (faults[i].kind, faults[i].quirks);
      g_autoptr (GPtrArray) suggestions = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s%s", kinds[faults[i].kind].dialect, faults[i].quirks);
      suggestions = suggest (&rig, NULL, NULL, &error);
      g_assert_null (suggestions);
      g_test_message ("%s", error->message);
      g_assert_error (error, CS_ERROR, (int) faults[i].code);
      g_assert_null (strstr (error->message, KEY));
      g_assert_cmpint (last_state (&rig), ==, faults[i].state);
      g_assert_cmpuint (rig.meter->made, ==, faults[i].made);
    }
}

/* What is as it should be in an unusual form */
static void
test_forms (void)
{
  static const struct
  {
    guint       kind;
    const char *quirks;
  } forms[] = { { 0, "+url" }, { 2, "+result=octets" }, { 3, "+pending=4" }, { 5, "+datauri" }, { 0, "+xmp" }, { 0, "+count=2" } };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_auto (Rig) rig = make_rig (forms[i].kind, forms[i].quirks);
      g_autoptr (GPtrArray) suggestions = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s%s", kinds[forms[i].kind].dialect, forms[i].quirks);
      suggestions = suggest (&rig, NULL, NULL, &error);
      g_assert_no_error (error);
      assert_scene (suggestions->pdata[0], forms[i].kind);
    }
}

/* The model's product stands there twice: the photo stays, and it is said why */
static void
test_second_product (void)
{
  g_autofree char *folder = g_dir_make_tmp ("countersign-edit-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "twice.png", NULL);
  g_auto (Shot) shot = make_shot ();
  CsPictureSettings settings = CS_PICTURE_SETTINGS_DEFAULT;
  CsPictureInput input = make_input (&shot, -1);
  g_autoptr (CsStaging) staging = NULL;
  g_autoptr (GdkPixbuf) garden = paint (CANVAS, CANVAS, paint_garden);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (CsModelServer) other = NULL;
  g_autoptr (GError) error = NULL;
  CsSuggestion *suggestion;

  cs_picture_settings_from_json (&settings, SETTINGS);
  staging = dex_await_boxed (cs_image_stage (image, &input, &settings, CANVAS, CANVAS), &error);
  g_assert_no_error (error);
  lay (garden, staging, 0, 0, 1);
  lay (garden, staging, 200, 0, 0.7);
  file = save (garden, "png");
  g_file_set_contents (path, g_bytes_get_data (file, NULL), g_bytes_get_size (file), NULL);

  g_setenv ("CS_MODEL_PICTURES", folder, TRUE);
  other = cs_model_server_new ();
  {
    CsModelServer *usual = server;
    g_auto (Rig) rig = { 0 };

    server = other;
    rig = make_rig (0, "+picture=twice.png");
    suggestions = suggest (&rig, NULL, NULL, &error);
    server = usual;
  }
  g_assert_no_error (error);
  suggestion = suggestions->pdata[0];
  g_assert_true (suggestion->abstains);
  g_assert_nonnull (strstr (suggestion->text, "second time"));
  g_assert_null (strstr (suggestion->settings, "backdrop"));
  g_assert_cmpuint (count (suggestion->picture_bytes, "TC260"), ==, 0);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_tries_again (void)
{
  g_auto (Rig) rig = make_rig (0, "+fail=2:503");
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GError) error = NULL;
  guint before = cs_model_server_count (server, "fail=2");

  suggestions = suggest (&rig, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (suggestions->len, ==, 1);
  g_assert_cmpuint (cs_model_server_count (server, "fail=2") - before, ==, 3);
  g_assert_cmpuint (rig.meter->states->len, ==, 3);
  g_assert_cmpint (g_array_index (rig.meter->states, CsSentState, 0), ==, CS_SENT_REFUSED);
  g_assert_cmpint (last_state (&rig), ==, CS_SENT_ANSWERED);
}

static void
test_patience (void)
{
  g_auto (Rig) rig = make_rig (0, "+first=1:ratelimit~1");
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  suggestions = suggest (&rig, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rig.meter->held, >, began);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, G_USEC_PER_SEC);
}

static void
test_wrong_key (void)
{
  g_auto (Rig) rig = make_rig_with (0, "+wrong-key", "bad-key-5678");
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GError) error = NULL;

  suggestions = suggest (&rig, NULL, NULL, &error);
  g_assert_error (error, CS_ERROR, CS_ERROR_SIGN_IN);
  g_assert_null (strstr (error->message, "bad-key-5678"));
  g_assert_cmpuint (rig.meter->n_begun, ==, 1);
}

static DexFuture *
cancel_fiber (gpointer data)
{
  dex_await (dex_timeout_new_msec (1500), NULL);
  g_cancellable_cancel (data);

  return dex_future_new_true ();
}

static void
test_stopped (void)
{
  static const char *const hanging[] = { "+hang", "+forever" };
  static const guint of[] = { 0, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (hanging); i++)
    {
      g_auto (Rig) rig = make_rig (of[i], hanging[i]);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GPtrArray) suggestions = NULL;
      g_autoptr (GError) error = NULL;
      gint64 began = g_get_monotonic_time ();

      dex_future_disown (dex_scheduler_spawn (NULL, 0, cancel_fiber, cancellable, NULL));
      suggestions = suggest (&rig, cancellable, NULL, &error);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpint (g_get_monotonic_time () - began, <, 3 * G_USEC_PER_SEC);
      g_assert_cmpint (last_state (&rig), ==, CS_SENT_LOST);
    }
}

/* Nothing is sent where it would be of no use, or may not be */
static void
test_not_sent (void)
{
  g_auto (Rig) rig = make_rig (0, "+notsent");
  g_auto (Shot) shot = make_shot ();
  g_autoptr (CsEngineRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  /* Nobody knows where the product is */
  g_clear_fd (&shot.mask, NULL);
  shot.mask = -1;
  request = make_request (&shot, SETTINGS);
  g_assert_null (dex_await_boxed (cs_engine_suggest (rig.engine, request, NULL), &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
  g_assert_nonnull (((CsEnginePhoto *) request->photos->pdata[0])->trouble);
  g_assert_cmpuint (rig.meter->n_begun, ==, 0);
  g_clear_error (&error);

  rig.meter->refusal = g_error_new_literal (CS_ERROR, CS_ERROR_BUDGET, "enough");
  g_assert_null (suggest (&rig, NULL, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_BUDGET);
  g_clear_error (&error);
  g_clear_error (&rig.meter->refusal);

  cs_model_engine_get_parts (CS_MODEL_ENGINE (rig.engine))->setup->never_photos = TRUE;
  g_assert_null (suggest (&rig, NULL, NULL, &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_NOT_ALLOWED);
  g_assert_cmpuint (cs_model_server_count (server, "notsent"), ==, 0);
}

static void
test_plan (void)
{
  g_auto (Rig) rig = make_rig (2, "+planned");
  g_auto (Shot) shot = make_shot ();
  g_autoptr (CsEngineRequest) request = make_request (&shot, SETTINGS);
  g_autoptr (CsModelPlan) plan = NULL;
  g_autoptr (GPtrArray) suggestions = NULL;
  g_autoptr (GError) error = NULL;

  plan = dex_await_boxed (cs_model_engine_plan (CS_MODEL_ENGINE (rig.engine), request), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->makes, ==, 1);
  g_assert_cmpuint (plan->pictures->len, ==, 1);
  g_assert_nonnull (strstr (plan->text, "光滑的浅色石台"));
  g_assert_cmpuint (cs_model_server_count (server, "planned"), ==, 0);

  /* What was shown is what goes */
  suggestions = suggest (&rig, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_hash_table_contains (rig.meter->replies, plan->key));
  {
    g_autofree char *log = cs_model_server_dup_log (server);
    g_autofree char *coded = g_base64_encode (g_bytes_get_data (plan->pictures->pdata[0], NULL), g_bytes_get_size (plan->pictures->pdata[0]));

    g_assert_nonnull (strstr (log, coded));
  }
}

static void
test_try (void)
{
  for (guint kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    {
      g_auto (Rig) rig = make_rig (kind, "");
      g_auto (Rig) wrong = make_rig_with (kind, "", "wrong");
      g_autoptr (GError) error = NULL;
      g_autofree char *sentence = dex_await_string (cs_model_engine_try (CS_MODEL_ENGINE (rig.engine), NULL), &error);
      g_autofree char *none = NULL;

      g_assert_no_error (error);
      g_assert_nonnull (sentence);
      g_assert_cmpuint (rig.meter->makes, ==, 0);
      g_assert_cmpuint (rig.meter->made, ==, 0);
      none = dex_await_string (cs_model_engine_try (CS_MODEL_ENGINE (wrong.engine), NULL), &error);
      g_assert_error (error, CS_ERROR, CS_ERROR_SIGN_IN);
    }
}

static void
assert_address (const char *base,
                const char *address,
                const char *expected)
{
  g_autoptr (CsEditProfile) profile = cs_edit_profile_new ("{\"hosts\":[\".aliyuncs.com\",\"com\"]}");
  CsEditOrder      order = { .profile = profile, .address = (char *) base };
  g_autofree char *checked = cs_edit_sending_check_address (&order, address);

  g_assert_cmpstr (checked, ==, expected);
}

static void
test_addresses (void)
{
  const char *base = "https://dashscope.aliyuncs.com";

  assert_address (base, "https://dashscope.aliyuncs.com/x.png?a=b", "https://dashscope.aliyuncs.com/x.png?a=b");
  assert_address (base, "https://result.oss-cn-beijing.aliyuncs.com/x.png", "https://result.oss-cn-beijing.aliyuncs.com/x.png");
  assert_address (base, "http://result.oss-cn-beijing.aliyuncs.com/x.png?Expires=1", "https://result.oss-cn-beijing.aliyuncs.com/x.png?Expires=1");
  assert_address (base, "http://result.aliyuncs.com:8080/x.png", NULL);
  assert_address (base, "https://aliyuncs.com.evil.example/x.png", NULL);
  assert_address (base, "https://evil.example/x.png", NULL);
  assert_address (base, "https://user:pass@result.aliyuncs.com/x.png", NULL);
  assert_address (base, "file:///etc/passwd", NULL);
  assert_address (base, "ftp://result.aliyuncs.com/x.png", NULL);
  assert_address (base, "http://127.0.0.1:631/x.png", NULL);
  assert_address (base, "no address", NULL);
  assert_address ("http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/result/1.png", "http://127.0.0.1:8080/result/1.png");
  assert_address ("http://127.0.0.1:8080/v1", "http://127.0.0.1:9090/result/1.png", NULL);
}

static void
test_profile (void)
{
  g_autoptr (CsEditProfile) listed = cs_edit_profile_new ("{\"sizes\":[\"1024x1024\",\"1024x1536\",\"nonsense\",\"9x9\"]}");
  g_autoptr (CsEditProfile) free_size = cs_edit_profile_new ("{\"area\":1000000,\"from\":512,\"to\":1200}");
  g_autoptr (CsEditProfile) odd = cs_edit_profile_new ("[1,2]");
  int width, height;

  cs_edit_profile_choose_size (listed, 0.75, &width, &height);
  g_assert_cmpint (width, ==, 1024);
  g_assert_cmpint (height, ==, 1536);
  cs_edit_profile_choose_size (free_size, 0.75, &width, &height);
  g_assert_cmpint (width % 16, ==, 0);
  g_assert_cmpfloat_with_epsilon ((double) width / height, 0.75, 0.02);
  cs_edit_profile_choose_size (free_size, 1000, &width, &height);
  g_assert_cmpint (width, <=, 1200);
  g_assert_cmpint (height, >=, 512);
  cs_edit_profile_choose_size (odd, 0.0 / 0.0, &width, &height);
  g_assert_cmpint (width, ==, 1024);
}

static void
test_prompts (void)
{
  g_autoptr (GPtrArray) scenes = cs_edit_scenes_list ();
  g_autofree char *own = cs_edit_scenes_make_prompt ("on a beach {scene} at dusk", "en");
  g_autofree char *first = cs_edit_scenes_make_prompt ("", "en");
  g_autofree char *chinese = cs_edit_scenes_make_prompt ("kitchen", "zh");

  g_assert_cmpuint (scenes->len, >=, 4);
  g_assert_nonnull (strstr (own, "on a beach {scene} at dusk"));
  g_assert_nonnull (strstr (first, "wooden table by a window"));
  g_assert_nonnull (strstr (chinese, "厨房"));
  g_assert_null (strstr (chinese, "{scene}"));
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  dex_init ();
  gexiv2_initialize ();
  gexiv2_metadata_try_register_xmp_namespace (TC260_URI, "TC260", NULL);
  image = cs_image_new ();
  http = cs_http_new ();
  server = cs_model_server_new ();
  catalogue = cs_provider_catalogue_new ();

  g_test_add_func ("/engines/edit/addresses", test_addresses);
  g_test_add_func ("/engines/edit/profile", test_profile);
  g_test_add_func ("/engines/edit/prompts", test_prompts);
  cs_test_add_fiber ("/engines/edit/dialects", test_dialects);
  cs_test_add_fiber ("/engines/edit/forms", test_forms);
  cs_test_add_fiber ("/engines/edit/faults", test_faults);
  cs_test_add_fiber ("/engines/edit/second-product", test_second_product);
  cs_test_add_fiber ("/engines/edit/tries-again", test_tries_again);
  cs_test_add_fiber ("/engines/edit/patience", test_patience);
  cs_test_add_fiber ("/engines/edit/wrong-key", test_wrong_key);
  cs_test_add_fiber ("/engines/edit/stopped", test_stopped);
  cs_test_add_fiber ("/engines/edit/not-sent", test_not_sent);
  cs_test_add_fiber ("/engines/edit/plan", test_plan);
  cs_test_add_fiber ("/engines/edit/try", test_try);

  result = g_test_run ();
  g_clear_pointer (&catalogue, cs_provider_catalogue_free);
  g_clear_pointer (&server, cs_model_server_free);
  g_clear_object (&http);
  g_clear_object (&image);

  return result;
}
