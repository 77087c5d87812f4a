/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cs-error.h"
#include "cs-hash.h"
#include "cs-listing.h"
#include "cs-outbox-entry.h"

#define HASH "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static CsListing *
make_listing (void)
{
  g_autoptr (CsListing) listing = cs_listing_new ();

  listing->operation = CS_OPERATION_UPDATE;
  listing->account = 3;
  listing->channel = g_strdup ("practice");
  listing->adapter = g_strdup ("practice/1");
  listing->address = g_strdup ("");
  listing->key = g_strdup ("CS-7");
  listing->remote_id = g_strdup ("12");
  listing->live = TRUE;
  listing->title = g_strdup ("手工竹编果篮 “28 cm” <b>\n\\");
  listing->bullets = g_strsplit ("one\ntwo", "\n", -1);
  listing->price.minor = 4990;
  g_strlcpy (listing->price.currency, "CNY", sizeof listing->price.currency);
  listing->stock = -1;
  listing->attributes = g_strdup ("{ \"weave\": \"open\", \"a\": [1, 2.5] }");
  cs_listing_add_picture (listing, HASH, "image/jpeg", "CS-7-1.jpg", "A basket");
  cs_listing_freeze (listing);

  return g_steal_pointer (&listing);
}

static void
test_round_trip (void)
{
  g_autoptr (CsListing) listing = make_listing ();
  g_autoptr (CsListing) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char  *hash = cs_hash_bytes (listing->bytes);
  CsListingPicture *picture;

  read = cs_listing_parse (listing->bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->hash, ==, hash);
  g_assert_cmpstr (read->hash, ==, listing->hash);
  g_assert_cmpint (read->operation, ==, CS_OPERATION_UPDATE);
  g_assert_cmpint (read->account, ==, 3);
  g_assert_cmpstr (read->title, ==, "手工竹编果篮 “28 cm” <b>\n\\");
  g_assert_cmpstr (read->address, ==, "");
  g_assert_cmpstr (read->remote_id, ==, "12");
  g_assert_null (read->remote_version);
  g_assert_null (read->description);
  g_assert_true (read->live);
  g_assert_cmpstr (read->bullets[1], ==, "two");
  g_assert_cmpuint (g_strv_length (read->keywords), ==, 0);
  g_assert_cmpint (read->price.minor, ==, 4990);
  g_assert_cmpstr (read->price.currency, ==, "CNY");
  g_assert_cmpint (read->stock, ==, -1);
  g_assert_cmpstr (read->attributes, ==, "{\"a\":[1,2.5],\"weave\":\"open\"}");
  g_assert_cmpuint (read->pictures->len, ==, 1);
  picture = read->pictures->pdata[0];
  g_assert_cmpstr (picture->hash, ==, HASH);
  g_assert_cmpstr (picture->alt_text, ==, "A basket");
}

/* Freezing is a fixed point: the same fields have the same hash */
static void
test_freeze_again (void)
{
  g_autoptr (CsListing) listing = make_listing ();
  g_autofree char *hash = g_strdup (listing->hash);

  cs_listing_freeze (listing);
  g_assert_cmpstr (listing->hash, ==, hash);

  listing->live = FALSE;
  cs_listing_freeze (listing);
  g_assert_cmpstr (listing->hash, !=, hash);
}

static void
assert_refused (const char *text,
                gssize      length,
                CsError     code)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);
  g_autoptr (GError) error = NULL;
  g_autoptr (CsListing) listing = cs_listing_parse (bytes, &error);

  g_assert_null (listing);
  g_assert_error (error, CS_ERROR, (int) code);
}

static void
test_tampered (void)
{
  g_autoptr (CsListing) listing = make_listing ();
  gsize       length;
  const char *good = g_bytes_get_data (listing->bytes, &length);
  g_autofree char *text = g_strndup (good, length);
  /* What stands there, and what somebody makes of it */
  const char *const changes[][2] = {
    { "\"account\":3", "\"account\":3,\"accoun2\":4" }, /* a member that we do not know */
    { "\"account\":3", "\"account\":4,\"account\":3" }, /* twice */
    { "\"account\":3", "\"account\": 3" },              /* another spelling */
    { "\"account\":3", "\"account\":3.0" },
    { "\"account\":3", "\"account\":\"3\"" },
    { "\"format\":1,", "" },
    { "\"operation\":\"update\"", "\"operation\":\"delete\"" },
    { "\"stock\":-1,", "" }, /* left out */
    { "\"key\":\"CS-7\"", "\"key\":null" },
    { "\"currency\":\"CNY\"", "\"currency\":\"CNYX\"" },
    { HASH, "../../../etc/passwd" },
    { "\"two\"", "2" },
    { "A basket", "A\\u0000basket" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GString) changed = g_string_new (text);

      g_assert_cmpuint (g_string_replace (changed, changes[i][0], changes[i][1], 1), ==, 1);
      assert_refused (changed->str, changed->len, CS_ERROR_CORRUPT);
    }

  for (gsize cut = 0; cut < length; cut += 7)
    assert_refused (text, cut, CS_ERROR_CORRUPT);

  assert_refused ("[]", -1, CS_ERROR_CORRUPT);
  assert_refused ("\xff\xfe", -1, CS_ERROR_CORRUPT);
  assert_refused ("{\"format\":2}", -1, CS_ERROR_NEWER);
}

/* A change that is well-formed is read as what it says: its hash gives it away */
static void
test_changed_hash (void)
{
  g_autoptr (CsListing) listing = make_listing ();
  g_autoptr (CsListing) changed = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize       length;
  const char *good = g_bytes_get_data (listing->bytes, &length);
  GString    *text = g_string_new_len (good, length);

  g_string_replace (text, "4990", "1990", 1);
  bytes = g_string_free_to_bytes (text);
  changed = cs_listing_parse (bytes, NULL);
  g_assert_nonnull (changed);
  g_assert_cmpstr (changed->hash, !=, listing->hash);
}

static void
test_names (void)
{
  for (guint i = 0; i < CS_N_OUTBOX_STATES; i++)
    {
      CsOutboxState state = CS_OUTBOX_READY;

      g_assert_true (cs_outbox_state_from_name (cs_outbox_state_get_name (i), &state));
      g_assert_cmpint (state, ==, i);
      g_assert_nonnull (cs_outbox_state_get_label (i));
    }

  g_assert_false (cs_outbox_state_from_name ("nonsense", &(CsOutboxState) { 0 }));
  g_assert_false (cs_operation_from_name (NULL, &(CsOperation) { 0 }));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/listing/round-trip", test_round_trip);
  g_test_add_func ("/model/listing/freeze-again", test_freeze_again);
  g_test_add_func ("/model/listing/tampered", test_tampered);
  g_test_add_func ("/model/listing/changed-hash", test_changed_hash);
  g_test_add_func ("/model/listing/names", test_names);

  return g_test_run ();
}
