/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <signal.h>
#include <sys/prctl.h>

#include "cs-locked-keyring.h"

#define BASE       "/org/freedesktop/secrets"
#define COLLECTION BASE "/collection/login"
#define ITEM       COLLECTION "/1"
#define PROMPT     BASE "/prompt/1"
#define SESSION    BASE "/session/1"

static const char introspection[] =
  "<node>"
  " <interface name='org.freedesktop.Secret.Service'>"
  "  <method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/><arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
  "  <method name='SearchItems'><arg type='a{ss}' direction='in'/><arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
  "  <method name='Unlock'><arg type='ao' direction='in'/><arg type='ao' direction='out'/><arg type='o' direction='out'/></method>"
  "  <method name='ReadAlias'><arg type='s' direction='in'/><arg type='o' direction='out'/></method>"
  "  <property name='Collections' type='ao' access='read'/>"
  " </interface>"
  " <interface name='org.freedesktop.Secret.Collection'>"
  "  <method name='CreateItem'><arg type='a{sv}' direction='in'/><arg type='(oayays)' direction='in'/><arg type='b' direction='in'/><arg type='o' direction='out'/><arg type='o' direction='out'/></method>"
  "  <property name='Locked' type='b' access='read'/>"
  " </interface>"
  " <interface name='org.freedesktop.Secret.Item'>"
  "  <method name='Delete'><arg type='o' direction='out'/></method>"
  "  <property name='Locked' type='b' access='read'/>"
  " </interface>"
  " <interface name='org.freedesktop.Secret.Prompt'>"
  "  <method name='Prompt'><arg type='s' direction='in'/></method>"
  "  <method name='Dismiss'/>"
  "  <signal name='Completed'><arg type='b'/><arg type='v'/></signal>"
  " </interface>"
  "</node>";

static void
call_cb (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               user_data)
{
  CsLockedKeyring *self = user_data;

  if (g_str_equal (method, "OpenSession"))
    {
      const char *algorithm;

      g_variant_get_child (parameters, 0, "&s", &algorithm);
      if (g_str_equal (algorithm, "plain"))
        g_dbus_method_invocation_return_value (invocation, g_variant_new ("(vo)", g_variant_new_string (""), SESSION));
      else
        g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.DBus.Error.NotSupported", "Plain only");
    }
  else if (g_str_equal (method, "SearchItems"))
    {
      const char *const items[] = { ITEM, NULL };

      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(@ao^ao)", g_variant_new ("ao", NULL), items));
    }
  else if (g_str_equal (method, "Unlock"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(@aoo)", g_variant_new ("ao", NULL), PROMPT));
  else if (g_str_equal (method, "ReadAlias"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", COLLECTION));
  else if (g_str_equal (method, "Prompt"))
    {
      self->n_prompts++;
      g_dbus_method_invocation_return_value (invocation, NULL);
      g_dbus_connection_emit_signal (connection, sender, path, interface, "Completed",
                                     g_variant_new ("(bv)", TRUE, g_variant_new ("ao", NULL)), NULL);
    }
  else if (g_str_equal (method, "Delete"))
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", PROMPT));
  else if (g_str_equal (method, "Dismiss"))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.Secret.Error.IsLocked", "It is locked");
}

static GVariant *
get_cb (GDBusConnection *connection,
        const char      *sender,
        const char      *path,
        const char      *interface,
        const char      *name,
        GError         **error,
        gpointer         user_data)
{
  const char *const collections[] = { COLLECTION, NULL };

  return g_str_equal (name, "Collections") ? g_variant_new_objv (collections, -1) : g_variant_new_boolean (TRUE);
}

/* It goes when we do, however that is */
static void
child_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

/* The address of a bus of our own */
static char *
start_bus (CsLockedKeyring *self)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;
  char *address;

  g_subprocess_launcher_set_child_setup (launcher, child_cb, NULL, NULL);
  self->bus = g_subprocess_launcher_spawn (launcher, &error, "dbus-daemon", "--session", "--nofork", "--print-address", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->bus));
  address = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);

  return address;
}

gboolean
cs_locked_keyring_start (CsLockedKeyring *self)
{
  static const GDBusInterfaceVTable table = { call_cb, get_cb, NULL, { 0 } };
  static const char *const places[][2] = {
    { BASE, "org.freedesktop.Secret.Service" },
    { COLLECTION, "org.freedesktop.Secret.Collection" },
    { BASE "/aliases/default", "org.freedesktop.Secret.Collection" },
    { ITEM, "org.freedesktop.Secret.Item" },
    { PROMPT, "org.freedesktop.Secret.Prompt" },
  };
  g_autofree char *address = NULL;
  g_autofree char *daemon = g_find_program_in_path ("dbus-daemon");
  g_autoptr (GDBusNodeInfo) node = NULL;
  g_autoptr (GVariant) owned = NULL;
  g_autoptr (GError) error = NULL;

  if (daemon == NULL)
    return FALSE;

  address = start_bus (self);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
  self->connection = g_dbus_connection_new_for_address_sync (address,
                                                             G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                               G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                             NULL, NULL, &error);
  g_assert_no_error (error);
  node = g_dbus_node_info_new_for_xml (introspection, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_dbus_connection_register_object (self->connection, places[i][0],
                                         g_dbus_node_info_lookup_interface (node, places[i][1]),
                                         &table, self, NULL, &error);
      g_assert_no_error (error);
    }
  owned = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "RequestName", g_variant_new ("(su)", "org.freedesktop.secrets", 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);

  return TRUE;
}

void
cs_locked_keyring_stop (CsLockedKeyring *self)
{
  g_autoptr (GDBusConnection) ours = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);

  /* The bus going away is no reason to end with it */
  if (ours != NULL)
    g_dbus_connection_set_exit_on_close (ours, FALSE);
  g_clear_object (&self->connection);
  g_subprocess_force_exit (self->bus);
  g_subprocess_wait (self->bus, NULL, NULL);
  g_clear_object (&self->bus);
}
