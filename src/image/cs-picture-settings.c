/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "cs-error.h"
#include "cs-hash.h"
#include "cs-image.h"
#include "cs-json.h"
#include "cs-wire.h"

/* The recipe of a picture between C and JSON. One table says for both, and for
 * what is typed, which members there are and what each may be.
 */

typedef enum
{
  KIND_SWITCH,
  KIND_CHOICE,
  KIND_SHARE, /* 0..1 */
  KIND_NUMBER,
  KIND_HASH,
  KIND_CODE,  /* visible ASCII, as labels allow it */
  KIND_WORDS, /* of the seller */
  KIND_RARE,  /* a choice that is only told where it is not the first */
} Kind;

typedef struct
{
  const char        *name;
  Kind               kind;
  gsize              offset;
  const char *const *choices;
  int                least;
  int                most;
} Member;

static const char *const shapes[CS_N_SHAPES + 1] = { "photo", "square", "portrait" };
static const char *const backgrounds[CS_N_BACKGROUNDS + 1] = { "keep", "white", "grey", "product", "own" };
static const char *const shadows[CS_N_SHADOWS + 1] = { "keep", "none", "drawn" };
static const char *const marks[CS_N_MARKS + 1] = { "off", "zh", "en" };
static const char *const formats[CS_N_FORMATS + 1] = { "jpeg", "png", "webp" };

#define AT(member) G_STRUCT_OFFSET (CsPictureSettings, member)

static const Member members[] = {
  { "straighten", KIND_SWITCH, AT (straighten) },
  { "crop", KIND_SWITCH, AT (crop) },
  { "white_balance", KIND_SWITCH, AT (white_balance) },
  { "exposure", KIND_SWITCH, AT (exposure) },
  { "clean", KIND_SWITCH, AT (clean) },
  { "alike", KIND_SWITCH, AT (alike) },
  { "shape", KIND_CHOICE, AT (shape), shapes },
  { "background", KIND_CHOICE, AT (background), backgrounds },
  { "shadow", KIND_CHOICE, AT (shadow), shadows },
  { "polish", KIND_SHARE, AT (polish) },
  { "air", KIND_SHARE, AT (air) },
  { "max_side", KIND_NUMBER, AT (max_side), NULL, 16, 20000 },
  { "quality", KIND_NUMBER, AT (quality), NULL, 1, 100 },
  { "format", KIND_CHOICE, AT (format), formats },
  { "mask", KIND_HASH, AT (mask) },
  { "backdrop", KIND_HASH, AT (backdrop) },
  { "producer", KIND_CODE, AT (producer) },
  { "scene", KIND_WORDS, AT (scene) },
  { "mark", KIND_RARE, AT (mark), marks },
};

/* The enumerations are as wide as an int */
G_STATIC_ASSERT (sizeof (CsShape) == sizeof (int) && sizeof (CsBackground) == sizeof (int));
G_STATIC_ASSERT (sizeof (CsMark) == sizeof (int));
G_STATIC_ASSERT (CS_PRODUCER_SIZE == CS_WIRE_PRODUCER);
G_STATIC_ASSERT (sizeof (CsShadow) == sizeof (int) && sizeof (CsPictureFormat) == sizeof (int));

static void
member_write (const Member            *member,
              const CsPictureSettings *self,
              JsonObject              *object)
{
  gconstpointer at = G_STRUCT_MEMBER_P (self, member->offset);

  switch (member->kind)
    {
    case KIND_SWITCH:
      json_object_set_boolean_member (object, member->name, *(const gboolean *) at);
      break;

    case KIND_CHOICE:
      json_object_set_string_member (object, member->name, member->choices[*(const int *) at]);
      break;

    case KIND_SHARE:
      json_object_set_double_member (object, member->name, round (*(const double *) at * 1000) / 1000);
      break;

    case KIND_RARE:
      if (*(const int *) at != 0)
        json_object_set_string_member (object, member->name, member->choices[*(const int *) at]);
      break;

    case KIND_HASH:
    case KIND_CODE:
    case KIND_WORDS:
      if (*(const char *) at != '\0')
        json_object_set_string_member (object, member->name, at);
      break;

    case KIND_NUMBER:
    default:
      json_object_set_int_member (object, member->name, *(const int *) at);
      break;
    }
}

static gboolean
member_choose (const Member      *member,
               CsPictureSettings *self,
               const char        *value)
{
  for (int i = 0; value != NULL && member->choices[i] != NULL; i++)
    if (g_str_equal (member->choices[i], value))
      {
        G_STRUCT_MEMBER (int, self, member->offset) = i;
        return TRUE;
      }

  return FALSE;
}

/* In place of what a label may not hold stands a dash (TC260-PG-20259A: 0x21,
 * 0x23–0x5B, 0x5D–0x7E)
 */
static void
write_code (char       *at,
            const char *text)
{
  gsize n = 0;

  for (const char *p = text; *p != '\0' && n + 1 < CS_PRODUCER_SIZE; p = g_utf8_next_char (p))
    at[n++] = *p > 0x20 && *p < 0x7f && *p != '"' && *p != '\\' ? *p : '-';
  at[n] = '\0';
}

/* One line of plain text, cut at a letter */
static void
write_words (char       *at,
             const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) line = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar        c = g_utf8_get_char (p);
      GUnicodeType    type = g_unichar_type (c);
      gboolean        plain = type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT && type != G_UNICODE_SURROGATE;

      if (line->len + 7 > CS_SCENE_SIZE)
        break;
      g_string_append_unichar (line, plain && type != G_UNICODE_LINE_SEPARATOR && type != G_UNICODE_PARAGRAPH_SEPARATOR ? c : ' ');
    }

  g_strstrip (line->str);
  g_strlcpy (at, line->str, CS_SCENE_SIZE);
}

static void
member_read (const Member      *member,
             CsPictureSettings *self,
             JsonObject        *object)
{
  gpointer    at = G_STRUCT_MEMBER_P (self, member->offset);
  const char *text;

  switch (member->kind)
    {
    case KIND_SWITCH:
      *(gboolean *) at = cs_json_bool (object, member->name, *(gboolean *) at);
      break;

    case KIND_CHOICE:
    case KIND_RARE:
      member_choose (member, self, cs_json_string (object, member->name, NULL));
      break;

    case KIND_SHARE:
      *(double *) at = CLAMP (cs_json_double (object, member->name, *(double *) at), 0, 1);
      break;

    case KIND_HASH:
      text = cs_json_string (object, member->name, NULL);
      g_strlcpy (at, text != NULL && cs_hash_is_valid (text) ? text : "", sizeof self->mask);
      break;

    case KIND_CODE:
      write_code (at, cs_json_string (object, member->name, ""));
      break;

    case KIND_WORDS:
      write_words (at, cs_json_string (object, member->name, ""));
      break;

    case KIND_NUMBER:
    default:
      *(int *) at = CLAMP (cs_json_int (object, member->name, *(int *) at), member->least, member->most);
      break;
    }
}

char *
cs_picture_settings_to_json (const CsPictureSettings *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    member_write (&members[i], self, object);
  json_node_set_object (node, object);

  return cs_json_canonical (node);
}

/* What recipes were like before there was a shape */
static void
read_old (CsPictureSettings *self,
          JsonObject        *object)
{
  if (json_object_has_member (object, "square"))
    self->shape = cs_json_bool (object, "square", TRUE) ? CS_SHAPE_SQUARE : CS_SHAPE_PHOTO;
  if (json_object_has_member (object, "margin"))
    self->air = CLAMP ((cs_json_double (object, "margin", 0.08) - 0.02) / 0.3, 0, 1);
}

/**
 * cs_picture_settings_from_json:
 *
 * What @json does not say, or says out of bounds, is as in
 * %CS_PICTURE_SETTINGS_DEFAULT.
 *
 * Returns: whether @json was an object at all
 */
gboolean
cs_picture_settings_from_json (CsPictureSettings *self,
                               const char        *json)
{
  g_autoptr (JsonNode) node = json != NULL ? cs_json_parse (json, -1, NULL) : NULL;
  JsonObject *object = cs_json_node_object (node);

  *self = CS_PICTURE_SETTINGS_DEFAULT;
  if (object == NULL)
    return FALSE;

  read_old (self, object);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    member_read (&members[i], self, object);

  return TRUE;
}

static char *
list_choices (const Member *member)
{
  switch (member->kind)
    {
    case KIND_SWITCH:
      return g_strdup ("on, off");

    case KIND_CHOICE:
    case KIND_RARE:
      return g_strjoinv (", ", (char **) member->choices);

    case KIND_SHARE:
      return g_strdup ("0 … 1");

    case KIND_NUMBER:
      return g_strdup_printf ("%d … %d", member->least, member->most);

    case KIND_CODE:
    case KIND_WORDS:
      return g_strdup ("…");

    case KIND_HASH:
    default:
      return g_strdup ("SHA-256");
    }
}

static gboolean
member_set (const Member      *member,
            CsPictureSettings *self,
            const char        *value)
{
  gpointer at = G_STRUCT_MEMBER_P (self, member->offset);
  gint64   number;
  char    *end;
  double   share;

  switch (member->kind)
    {
    case KIND_SWITCH:
      *(gboolean *) at = g_str_equal (value, "on") || g_str_equal (value, "true") || g_str_equal (value, "1");
      return *(gboolean *) at || g_str_equal (value, "off") || g_str_equal (value, "false") || g_str_equal (value, "0");

    case KIND_CHOICE:
    case KIND_RARE:
      return member_choose (member, self, value);

    case KIND_SHARE:
      share = g_ascii_strtod (value, &end);
      if (end == value || *end != '\0' || !(share >= 0 && share <= 1))
        return FALSE;
      *(double *) at = share;
      return TRUE;

    case KIND_HASH:
      if (*value != '\0' && !cs_hash_is_valid (value))
        return FALSE;
      g_strlcpy (at, value, sizeof self->mask);
      return TRUE;

    case KIND_CODE:
      write_code (at, value);
      return TRUE;

    case KIND_WORDS:
      write_words (at, value);
      return TRUE;

    case KIND_NUMBER:
    default:
      if (!g_ascii_string_to_signed (value, 10, member->least, member->most, &number, NULL))
        return FALSE;
      *(int *) at = number;
      return TRUE;
    }
}

gboolean
cs_picture_settings_set (CsPictureSettings *self,
                         const char        *name,
                         const char        *value,
                         GError           **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  g_return_val_if_fail (self != NULL && name != NULL && value != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *choices = NULL;

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", members[i].name);
      if (!g_str_equal (members[i].name, name))
        continue;
      if (member_set (&members[i], self, value))
        return TRUE;

      choices = list_choices (&members[i]);
      g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _ ("“%s” is no value for %s. It may be: %s"), value, name, choices);
      return FALSE;
    }

  g_set_error (error, CS_ERROR, CS_ERROR_REFUSED, _ ("There is no picture setting “%s”. There are: %s"), name, names->str);

  return FALSE;
}

static char *
dup_value (const Member            *member,
           const CsPictureSettings *self)
{
  gconstpointer at = G_STRUCT_MEMBER_P (self, member->offset);

  switch (member->kind)
    {
    case KIND_SWITCH:
      return g_strdup (*(const gboolean *) at ? "on" : "off");

    case KIND_CHOICE:
    case KIND_RARE:
      return g_strdup (member->choices[*(const int *) at]);

    case KIND_SHARE:
      return g_strdup_printf ("%g", *(const double *) at);

    case KIND_HASH:
    case KIND_CODE:
    case KIND_WORDS:
      return NULL;

    case KIND_NUMBER:
    default:
      return g_strdup_printf ("%d", *(const int *) at);
    }
}

char *
cs_picture_settings_describe (void)
{
  const CsPictureSettings usual = CS_PICTURE_SETTINGS_DEFAULT;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *choices = list_choices (&members[i]);
      g_autofree char *value = dup_value (&members[i], &usual);

      /* A hash is of something in a library */
      if (value != NULL)
        g_string_append_printf (text, "  %-14s %s%*s (%s)\n", members[i].name, choices,
                                (int) MAX (0, 36 - g_utf8_strlen (choices, -1)), "", value);
    }

  return g_string_free_and_steal (text);
}

const char *
cs_picture_format_get_mime (CsPictureFormat format)
{
  static const char *const mimes[CS_N_FORMATS] = { "image/jpeg", "image/png", "image/webp" };

  g_return_val_if_fail (format < CS_N_FORMATS, mimes[CS_FORMAT_JPEG]);

  return mimes[format];
}

const char *
cs_picture_format_get_extension (CsPictureFormat format)
{
  static const char *const extensions[CS_N_FORMATS] = { "jpg", "png", "webp" };

  g_return_val_if_fail (format < CS_N_FORMATS, extensions[CS_FORMAT_JPEG]);

  return extensions[format];
}

void
cs_picture_settings_set_producer (CsPictureSettings *self,
                                  const char        *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  write_code (self->producer, valid);
}

gboolean
cs_picture_settings_is_generated (const CsPictureSettings *self)
{
  return self->background == CS_BACKGROUND_OWN && self->backdrop[0] != '\0' && self->producer[0] != '\0';
}

double
cs_picture_settings_get_margin (const CsPictureSettings *self)
{
  return 0.02 + 0.3 * self->air;
}
