/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <tesseract/capi.h>

#include "cs-colours.h"
#include "cs-json.h"
#include "cs-reading.h"

/* Text on tags, labels and packaging. Tesseract sees letters in fabric and
 * shadows too; almost all of what it is sure of is really there, so only that
 * is kept, and of that only what reads like words.
 */
#define MIN_CONFIDENCE 85
#define MAX_LINES      60

typedef struct
{
  GString *text;
  double   confidence; /* weighted by letters */
  int      letters;
  int      left, top, right, bottom;
} Line;

static char        *folder;
static char        *languages;
static TessBaseAPI *tesseract;
static gboolean     tried;

static void
reading_start (void)
{
  if (tried)
    return;

  tried = TRUE;
  if (*languages == '\0')
    return;

  tesseract = TessBaseAPICreate ();
  if (TessBaseAPIInit3 (tesseract, folder, languages) != 0)
    {
      g_clear_pointer (&tesseract, TessBaseAPIDelete);
      return;
    }

  TessBaseAPISetVariable (tesseract, "debug_file", "/dev/null");
  TessBaseAPISetPageSegMode (tesseract, PSM_SPARSE_TEXT);
}

static void
reading_find (void)
{
  const char *told = g_getenv ("TESSDATA_PREFIX");
  const char *places[] = {
    told != NULL ? told : "",
    "/app/share/tessdata",
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/share/tesseract/tessdata",
    "/usr/local/share/tessdata",
  };
  const char *wanted[] = { "eng", "chi_sim" };

  for (guint i = 0; i < G_N_ELEMENTS (places) && folder == NULL; i++)
    {
      g_autoptr (GString) found = g_string_new (NULL);

      for (guint j = 0; j < G_N_ELEMENTS (wanted); j++)
        {
          g_autofree char *file = g_strconcat (places[i], "/", wanted[j], ".traineddata", NULL);

          if (g_file_test (file, G_FILE_TEST_IS_REGULAR))
            g_string_append_printf (found, "%s%s", found->len > 0 ? "+" : "", wanted[j]);
        }

      if (found->len > 0)
        {
          folder = g_strdup (places[i]);
          languages = g_string_free (g_steal_pointer (&found), FALSE);
        }
    }

  if (languages == NULL)
    languages = g_strdup ("");
}

/**
 * cs_reading_prepare:
 * @now: load everything at once, because files cannot be opened later
 */
void
cs_reading_prepare (gboolean now)
{
  if (languages == NULL)
    reading_find ();
  if (now)
    reading_start ();
}

const char *
cs_reading_get_folder (void)
{
  return folder;
}

/* "eng+chi_sim", or "" where text cannot be read */
const char *
cs_reading_get_languages (void)
{
  return languages;
}

static void
line_free (gpointer data)
{
  Line *line = data;

  g_string_free (line->text, TRUE);
  g_free (line);
}

static gboolean
is_wide (gunichar c)
{
  return g_unichar_iswide (c);
}

/* Single symbols, lone letters and runs of punctuation are scratches and seams */
static gboolean
word_makes_sense (const char *word)
{
  int letters = 0, digits = 0, wide = 0, others = 0;

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_wide (c) && g_unichar_isalpha (c))
        wide++;
      else if (g_unichar_isalpha (c))
        letters++;
      else if (g_unichar_isdigit (c))
        digits++;
      else
        others++;
    }

  return wide + letters + digits > 0 && others <= wide + letters + digits;
}

static gboolean
line_makes_sense (const Line *line)
{
  int      wide = 0, alnum = 0, longest = 0, run = 0;
  gunichar first = 0;
  gboolean varied = FALSE;

  for (const char *p = line->text->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalnum (c))
        {
          run = 0;
          continue;
        }

      wide += is_wide (c);
      alnum++;
      run++;
      longest = MAX (longest, run);
      if (first == 0)
        first = c;
      varied |= c != first;
    }

  /* 棉 alone may be a fold; 纯棉 is not. Of Latin letters it takes three. */
  return varied && (wide >= 2 || (longest >= 3 && alnum >= 3) || (wide == 1 && alnum >= 3));
}

static void
line_add_word (Line       *line,
               const char *word,
               double      confidence,
               int         box[4])
{
  int      letters = g_utf8_strlen (word, -1);
  gunichar before = line->text->len > 0
                      ? g_utf8_get_char (g_utf8_prev_char (line->text->str + line->text->len))
                      : 0;

  /* Between two Chinese characters there is no space */
  if (before != 0 && !(is_wide (before) && is_wide (g_utf8_get_char (word))))
    g_string_append_c (line->text, ' ');
  g_string_append (line->text, word);

  line->confidence = (line->confidence * line->letters + confidence * letters) / (line->letters + letters);
  line->left = line->letters == 0 ? box[0] : MIN (line->left, box[0]);
  line->top = line->letters == 0 ? box[1] : MIN (line->top, box[1]);
  line->right = MAX (line->right, box[2]);
  line->bottom = MAX (line->bottom, box[3]);
  line->letters += letters;
}

/* Words of one line stay together unless the gap is wider than three letters */
static gboolean
line_goes_on (const Line *line,
              int         box[4])
{
  int height = line->bottom - line->top;

  return line->letters > 0 && box[0] - line->right < 2 * height && box[0] >= line->left;
}

static Line *
line_new (void)
{
  Line *line = g_new0 (Line, 1);

  line->text = g_string_new (NULL);

  return line;
}

static void
lines_take_word (GPtrArray          *lines,
                 TessResultIterator *iterator,
                 gboolean            new_line)
{
  double confidence = TessResultIteratorConfidence (iterator, RIL_WORD);
  char  *word = TessResultIteratorGetUTF8Text (iterator, RIL_WORD);
  int    box[4];

  if (word != NULL && confidence >= MIN_CONFIDENCE && g_utf8_validate (word, -1, NULL) && word_makes_sense (word) &&
      TessPageIteratorBoundingBox (TessResultIteratorGetPageIteratorConst (iterator), RIL_WORD,
                                   &box[0], &box[1], &box[2], &box[3]))
    {
      Line *line = lines->len > 0 ? lines->pdata[lines->len - 1] : NULL;

      if (line == NULL || new_line || !line_goes_on (line, box))
        g_ptr_array_add (lines, line = line_new ());
      line_add_word (line, g_strstrip (word), confidence, box);
    }

  if (word != NULL)
    TessDeleteText (word);
}

static GPtrArray *
reading_recognise (const CsFrame *frame)
{
  GPtrArray          *lines = g_ptr_array_new_with_free_func (line_free);
  TessResultIterator *iterator;
  gboolean            new_line = TRUE;

  TessBaseAPISetImage (tesseract, frame->data, frame->width, frame->height, 3, frame->width * 3);
  TessBaseAPISetSourceResolution (tesseract, 150);

  if (TessBaseAPIRecognize (tesseract, NULL) == 0 && (iterator = TessBaseAPIGetIterator (tesseract)))
    {
      do
        {
          const TessPageIterator *page = TessResultIteratorGetPageIteratorConst (iterator);

          new_line |= TessPageIteratorIsAtBeginningOf (page, RIL_TEXTLINE);
          lines_take_word (lines, iterator, new_line);
          new_line = FALSE;
        }
      while (TessResultIteratorNext (iterator, RIL_WORD));

      TessResultIteratorDelete (iterator);
    }

  TessBaseAPIClear (tesseract);

  return lines;
}

static double
fraction (double part,
          double whole)
{
  return (double) (int) (part / whole * 10000 + 0.5) / 10000;
}

static JsonArray *
reading_text (const CsFrame *frame)
{
  JsonArray *array = json_array_new ();
  g_autoptr (GPtrArray) lines = NULL;

  reading_start ();
  if (tesseract == NULL || MIN (frame->width, frame->height) < 32)
    return array;

  lines = reading_recognise (frame);
  for (guint i = 0; i < lines->len && json_array_get_length (array) < MAX_LINES; i++)
    {
      const Line *line = lines->pdata[i];
      JsonObject *object;

      if (!line_makes_sense (line))
        continue;

      object = json_object_new ();
      json_object_set_string_member (object, "text", line->text->str);
      json_object_set_double_member (object, "confidence", (int) (line->confidence * 10 + 0.5) / 10.0);
      json_object_set_double_member (object, "x", fraction (line->left, frame->width));
      json_object_set_double_member (object, "y", fraction (line->top, frame->height));
      json_object_set_double_member (object, "width", fraction (line->right - line->left, frame->width));
      json_object_set_double_member (object, "height", fraction (line->bottom - line->top, frame->height));
      json_array_add_object_element (array, object);
    }

  return array;
}

char *
cs_reading_to_json (const CsFrame *frame)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_array_member (object, "colours", cs_colours_read (frame));
  json_object_set_array_member (object, "text", reading_text (frame));
  json_node_set_object (node, object);

  return cs_json_canonical (node);
}
