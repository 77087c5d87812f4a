/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>

#include "cs-public-host.h"
#include "cs-test.h"

static void
test_numbers (void)
{
  static const struct
  {
    const char *address;
    gboolean    is_public;
  } cases[] = {
    { "1.1.1.1", TRUE },
    { "93.184.215.14", TRUE },
    { "172.15.255.255", TRUE },
    { "172.32.0.0", TRUE },
    { "100.63.255.255", TRUE },
    { "100.128.0.0", TRUE },
    { "192.0.1.1", TRUE },
    { "192.167.255.255", TRUE },
    { "192.169.0.0", TRUE },
    { "198.17.255.255", TRUE },
    { "198.20.0.0", TRUE },
    { "223.255.255.255", TRUE },
    { "0.0.0.0", FALSE },
    { "0.1.2.3", FALSE },
    { "10.0.0.1", FALSE },
    { "10.255.255.255", FALSE },
    { "100.64.0.0", FALSE },
    { "100.127.255.255", FALSE },
    { "127.0.0.1", FALSE },
    { "127.255.255.254", FALSE },
    { "169.254.169.254", FALSE }, /* what clouds tell their machines */
    { "172.16.0.0", FALSE },
    { "172.31.255.255", FALSE },
    { "192.0.0.8", FALSE },
    { "192.0.2.1", FALSE },
    { "192.168.0.1", FALSE },
    { "192.168.255.255", FALSE },
    { "198.18.0.1", FALSE },
    { "198.19.255.255", FALSE },
    { "198.51.100.7", FALSE },
    { "203.0.113.7", FALSE },
    { "224.0.0.1", FALSE },
    { "239.255.255.250", FALSE },
    { "240.0.0.1", FALSE },
    { "255.255.255.255", FALSE },
    { "2606:4700:4700::1111", TRUE },
    { "2a00:1450:4001::1", TRUE },
    { "::", FALSE },
    { "::1", FALSE },
    { "::7f00:1", FALSE },
    { "fe80::1", FALSE },
    { "fec0::1", FALSE },
    { "fc00::1", FALSE },
    { "fdff:ffff::1", FALSE },
    { "ff02::1", FALSE },
    { "100::1", FALSE },
    { "2001:db8::1", FALSE },
    /* IPv4 in other clothes */
    { "::ffff:1.1.1.1", TRUE },
    { "::ffff:127.0.0.1", FALSE },
    { "::ffff:192.168.1.1", FALSE },
    { "::127.0.0.1", FALSE },
    { "64:ff9b::1.1.1.1", TRUE },
    { "64:ff9b::10.0.0.1", FALSE },
    { "64:ff9b:1::1.1.1.1", FALSE },
    { "2002:101:101::1", TRUE },
    { "2002:c0a8:101::1", FALSE },
    { "2002:7f00:1::1", FALSE },
    { "2001:0:c0a8:101::1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (cases[i].address);

      g_assert_nonnull (address);
      if (cs_public_host_is_public (address) != cases[i].is_public)
        g_error ("%s", cases[i].address);
    }
}

static gboolean
check (const char *address,
       GError    **error)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  g_assert_nonnull (uri);

  return dex_await (cs_public_host_check (uri), error);
}

/* As they stand in an address */
static void
test_addresses (void)
{
  static const char *const inside[] = {
    "https://127.0.0.1/a.jpg", "https://192.168.1.1:8443/", "https://[::1]/a.jpg", "https://[fe80::1]/", "https://[::ffff:10.0.0.1]/",
    "https://169.254.169.254/latest/meta-data", "https://me:secret@10.1.2.3/",
  };
  static const char *const outside[] = { "https://1.1.1.1/a.jpg", "https://[2606:4700:4700::1111]/a.jpg" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (inside); i++)
    {
      g_test_message ("%s", inside[i]);
      g_assert_false (check (inside[i], &error));
      g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
      g_clear_error (&error);
    }

  for (guint i = 0; i < G_N_ELEMENTS (outside); i++)
    {
      g_assert_true (check (outside[i], &error));
      g_assert_no_error (error);
    }

  g_assert_false (check ("file:///etc/passwd", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_REFUSED);
}

/* Names, and numbers that only a resolver takes for one: none leads inside */
static void
test_names (void)
{
  static const char *const names[] = {
    "https://localhost/", "https://127.1/", "https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://10.1/",
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_test_message ("%s", names[i]);
      g_assert_false (check (names[i], &error));
      g_assert_true (g_error_matches (error, CS_ERROR, CS_ERROR_REFUSED) || g_error_matches (error, CS_ERROR, CS_ERROR_LATER));
      g_clear_error (&error);
    }

  /* Nobody can be called that (RFC 6761) */
  g_assert_false (check ("https://no-such-shop.invalid/", &error));
  g_assert_error (error, CS_ERROR, CS_ERROR_LATER);
}

int
main (int   argc,
      char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/net/public-host/numbers", test_numbers);
  cs_test_add_fiber ("/net/public-host/addresses", test_addresses);
  cs_test_add_fiber ("/net/public-host/names", test_names);

  return g_test_run ();
}
