/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "cs-error.h"
#include "cs-image-words.h"

/* Of what a model did to the product: less is not worth a sentence */
#define WORTH_TELLING 0.008 /* in parts of the side, or of its size */
#define OTHER_LOOK    6.0   /* mean ΔE2000 */

/* The helper answers with numbers; here they become the seller's language */

static const struct
{
  const char *mime;
  const char *name;
} kinds[CS_N_KINDS] = {
  [CS_KIND_JPEG] = { "image/jpeg", "JPEG" },
  [CS_KIND_PNG] = { "image/png", "PNG" },
  [CS_KIND_GIF] = { "image/gif", "GIF" },
  [CS_KIND_WEBP] = { "image/webp", "WebP" },
  [CS_KIND_TIFF] = { "image/tiff", "TIFF" },
  [CS_KIND_BMP] = { "image/bmp", "BMP" },
  [CS_KIND_HEIC] = { "image/heic", "HEIC" },
  [CS_KIND_AVIF] = { "image/avif", "AVIF" },
  [CS_KIND_SVG] = { "image/svg+xml", "SVG" },
};

const char *
cs_image_words_mime (CsKind kind)
{
  return kind < CS_N_KINDS && kinds[kind].mime != NULL ? kinds[kind].mime : "application/octet-stream";
}

static char *
words_problem (const CsWireAnswer *answer)
{
  const char *name = answer->kind < CS_N_KINDS ? kinds[answer->kind].name : NULL;

  switch (answer->problem < CS_N_PROBLEMS ? (CsProblem) answer->problem : CS_PROBLEM_REQUEST)
    {
    case CS_PROBLEM_EMPTY:
      return g_strdup (_ ("This file is empty"));

    case CS_PROBLEM_SVG:
      return g_strdup (_ ("SVG drawings are not photos"));

    case CS_PROBLEM_DAMAGED:
      if (name != NULL)
        return g_strdup_printf (_ ("This is not a photo that can be read (it says it is %s)"), name);
      break;

    case CS_PROBLEM_MEGAPIXELS:
      return g_strdup_printf (_ ("This photo has more than %d megapixels, which is too large"), CS_WIRE_MAX_MEGAPIXELS);

    case CS_PROBLEM_MEMORY:
      return g_strdup (_ ("This photo is too large to be read"));

    case CS_PROBLEM_NO_LOADER:
      if (name != NULL)
        return g_strdup_printf (_ ("%s photos cannot be read on this computer yet: a part for them is not installed"), name);
      break;

    case CS_PROBLEM_FILE:
      return g_strdup (_ ("This file could not be read from the disk"));

    case CS_PROBLEM_SHAPE:
      return g_strdup (_ ("The picture that came back is not of the shape that was asked for"));

    case CS_PROBLEM_NETWORK_FILE:
      return g_strdup (_ ("This file is no model that can be read: it is not ONNX, or not all of it is there"));

    case CS_PROBLEM_NETWORK_KIND:
      return g_strdup (_ ("This file is no model that finds products"));

    case CS_PROBLEM_NETWORK_MEMORY:
      return g_strdup (_ ("This model needs more memory than there is"));

    case CS_PROBLEM_NETWORK_RUN:
      return g_strdup (_ ("The model failed at this photo"));

    case CS_PROBLEM_NONE:
    case CS_PROBLEM_NOT_A_PHOTO:
    case CS_PROBLEM_REQUEST:
    case CS_N_PROBLEMS:
    default:
      break;
    }

  return g_strdup (_ ("This is not a photo that can be read"));
}

GError *
cs_image_words_problem (const CsWireAnswer *answer)
{
  g_autofree char *sentence = words_problem (answer);

  return g_error_new_literal (CS_ERROR, CS_ERROR_UNREADABLE, sentence);
}

char *
cs_image_words_finding (guint32 finding)
{
  return finding == CS_FINDING_CUT_SHORT ? g_strdup (_ ("The end of this photo is missing")) : NULL;
}

/* Why a mask cannot be right, or NULL */
char *
cs_image_words_verdict (guint32 verdict)
{
  switch (verdict < CS_N_MASK_VERDICTS ? (CsMaskVerdict) verdict : CS_MASK_EMPTY)
    {
    case CS_MASK_SURE:
      return NULL;

    case CS_MASK_FRAME:
      return g_strdup (_ ("Not cut out: the product reaches to the edges of the photo"));

    case CS_MASK_PIECES:
      return g_strdup (_ ("Not cut out: what was found falls into too many pieces"));

    case CS_MASK_SOFT:
      return g_strdup (_ ("Not cut out: product and background run into each other"));

    case CS_MASK_EMPTY:
    case CS_N_MASK_VERDICTS:
    default:
      return g_strdup (_ ("Not cut out: no product was found in this photo"));
    }
}

/* What to say of a painted scene, or NULL */
char *
cs_image_words_painted (const CsWirePainted *painted)
{
  double moved = hypot (painted->dx, painted->dy);

  switch (painted->verdict < CS_N_PAINTED_VERDICTS ? (CsPaintedVerdict) painted->verdict : CS_PAINTED_OTHER)
    {
    case CS_PAINTED_COPY:
      return g_strdup (_ ("The model painted the product a second time, beside your own: this scene cannot be used"));

    case CS_PAINTED_OTHER:
      return g_strdup (_ ("The model painted something else in the product’s place: this scene cannot be used"));

    case CS_PAINTED_GOOD:
    case CS_PAINTED_MENDED:
    case CS_N_PAINTED_VERDICTS:
    default:
      break;
    }

  if (moved >= WORTH_TELLING)
    return g_strdup_printf (_ ("The model had moved the product by about %d %%; your own photo was laid over it"), MAX (1, (int) (moved * 100 + 0.5)));
  if (fabs (painted->scale - 1) >= WORTH_TELLING)
    return g_strdup_printf (painted->scale > 1 ? _ ("The model had made the product about %d %% larger; your own photo was laid over it")
                                               : _ ("The model had made the product about %d %% smaller; your own photo was laid over it"),
                            (int) (fabs (painted->scale - 1) * 100 + 0.5));
  if (painted->difference >= OTHER_LOOK)
    return g_strdup (_ ("The model had painted the product a little differently; your own photo was laid over it"));

  return NULL;
}

static char *
words_straighten (const CsWirePart *said)
{
  if (said->outcome != CS_OUTCOME_DONE)
    return g_strdup (_ ("Nothing to straighten"));

  return said->amount < 0 ? g_strdup_printf (_ ("Turned %.1f° to the left"), -said->amount)
                          : g_strdup_printf (_ ("Turned %.1f° to the right"), said->amount);
}

static char *
words_crop (const CsWirePart *said)
{
  if (said->outcome == CS_OUTCOME_UNSURE)
    return g_strdup (_ ("Not cropped: the product does not stand out clearly enough"));
  if (said->outcome == CS_OUTCOME_DONE && said->amount > 0 && said->amount <= 1)
    return g_strdup_printf (_ ("Product fills %d %% of the picture"), (int) (said->amount * 100 + 0.5));

  return g_strdup (said->outcome == CS_OUTCOME_DONE ? _ ("Cropped to the product") : _ ("Nothing to crop"));
}

/* The shape that is wanted is told by its width for a height of one */
static char *
words_shape (const CsWirePart *said)
{
  gboolean portrait = said->amount > 0 && said->amount < 0.9;

  if (said->outcome == CS_OUTCOME_UNSURE)
    return g_strdup (portrait ? _ ("Not made 3:4: the product would be cut off") : _ ("Not made square: the product would be cut off"));
  if (said->outcome != CS_OUTCOME_DONE)
    return g_strdup (portrait ? _ ("Already 3:4") : _ ("Already square"));
  if (said->how == CS_HOW_PADDED)
    return g_strdup (portrait ? _ ("Made 3:4 by adding background") : _ ("Made square by adding background"));

  return g_strdup (portrait ? _ ("Made 3:4") : _ ("Made square"));
}

static char *
words_white_balance (const CsWirePart *said)
{
  if (said->how == CS_HOW_TRUE)
    return g_strdup (_ ("Colours left true to life"));
  if (said->outcome == CS_OUTCOME_DONE && said->how == CS_HOW_ALIKE)
    return g_strdup (_ ("Colours as in the product’s other photos"));
  if (said->outcome == CS_OUTCOME_UNSURE)
    return g_strdup (_ ("Colours left as they are: there is no white background to go by"));
  if (said->outcome != CS_OUTCOME_DONE)
    return g_strdup (_ ("The colours are right already"));

  switch (said->how < CS_N_HOWS ? said->how : CS_HOW_PLAIN)
    {
    case CS_HOW_YELLOW:
      return g_strdup (_ ("Took out a yellow cast"));

    case CS_HOW_RED:
      return g_strdup (_ ("Took out a red cast"));

    case CS_HOW_BLUE:
      return g_strdup (_ ("Took out a blue cast"));

    case CS_HOW_GREEN:
      return g_strdup (_ ("Took out a green cast"));

    case CS_HOW_PINK:
      return g_strdup (_ ("Took out a pink cast"));

    case CS_HOW_CYAN:
      return g_strdup (_ ("Took out a blue-green cast"));

    default:
      return g_strdup (_ ("Took out a colour cast"));
    }
}

static char *
words_exposure (const CsWirePart *said)
{
  if (said->how == CS_HOW_TRUE)
    return g_strdup (_ ("Brightness left true to life"));
  if (said->outcome != CS_OUTCOME_DONE)
    return g_strdup (_ ("The brightness is right already"));

  return said->amount < 0 ? g_strdup_printf (_ ("Made %.1f stop darker"), -said->amount)
                          : g_strdup_printf (_ ("Made %.1f stop brighter"), said->amount);
}

static char *
words_background (const CsWirePart *said)
{
  static const char *const replaced[CS_N_HOWS] = {
    [CS_HOW_WHITE] = N_ ("Background replaced by white"),
    [CS_HOW_GREY] = N_ ("Background replaced by a soft grey"),
    [CS_HOW_OWN] = N_ ("Background replaced by your own picture"),
    [CS_HOW_PAINTED] = N_ ("Background painted by a model"),
    [CS_HOW_NO_BACKDROP] = N_ ("Background replaced by white: your own picture for it could not be read"),
    [CS_HOW_PALE_GREY] = N_ ("Background replaced by a pale grey that goes with the product"),
    [CS_HOW_PALE_ROSE] = N_ ("Background replaced by a pale rose taken from the product"),
    [CS_HOW_PALE_PEACH] = N_ ("Background replaced by a pale peach taken from the product"),
    [CS_HOW_PALE_SAND] = N_ ("Background replaced by a pale sand colour taken from the product"),
    [CS_HOW_PALE_YELLOW] = N_ ("Background replaced by a pale yellow taken from the product"),
    [CS_HOW_PALE_GREEN] = N_ ("Background replaced by a pale green taken from the product"),
    [CS_HOW_PALE_MINT] = N_ ("Background replaced by a pale blue-green taken from the product"),
    [CS_HOW_PALE_BLUE] = N_ ("Background replaced by a pale blue taken from the product"),
    [CS_HOW_PALE_LILAC] = N_ ("Background replaced by a pale lilac taken from the product"),
  };

  if (said->outcome == CS_OUTCOME_UNSURE)
    return g_strdup (_ ("Background kept: the product could not be told from it"));
  if (said->outcome != CS_OUTCOME_DONE)
    return g_strdup (_ ("Background kept"));
  if (said->how < CS_N_HOWS && replaced[said->how] != NULL)
    return g_strdup (_ (replaced[said->how]));

  return g_strdup (_ ("Background replaced"));
}

static char *
words_shadow (const CsWirePart *said)
{
  if (said->outcome != CS_OUTCOME_DONE)
    return g_strdup (said->how == CS_HOW_KEPT ? _ ("Shadow kept with the background") : _ ("Shadow kept"));

  switch (said->how < CS_N_HOWS ? said->how : CS_HOW_PLAIN)
    {
    case CS_HOW_SOFT:
      return g_strdup (_ ("Soft shadow kept"));

    case CS_HOW_REMOVED:
      return g_strdup (_ ("Shadow removed"));

    case CS_HOW_CONTACT:
      return g_strdup (_ ("Shadow drawn: the photo has no soft one to keep"));

    default:
      return g_strdup (_ ("Shadow drawn"));
    }
}

static char *
words_clean (const CsWirePart *said)
{
  if (said->outcome != CS_OUTCOME_DONE)
    return g_strdup (_ ("Neither noise nor sharpness touched"));

  return g_strdup_printf (_ ("Noise taken out and made sharper, gently (%d %%)"), CLAMP ((int) (said->amount * 100 + 0.5), 1, 100));
}

static char *
words_mark (const CsWirePart *said)
{
  if (said->outcome != CS_OUTCOME_DONE)
    return g_strdup (_ ("Not marked as made by AI: the product leaves no corner free. Give it more air, or another shape."));

  switch (said->how < CS_N_HOWS ? said->how : CS_HOW_PLAIN)
    {
    case CS_HOW_BOTTOM_LEFT:
      return g_strdup (_ ("Marked as made by AI, at the bottom left"));

    case CS_HOW_TOP_RIGHT:
      return g_strdup (_ ("Marked as made by AI, at the top right"));

    case CS_HOW_TOP_LEFT:
      return g_strdup (_ ("Marked as made by AI, at the top left"));

    case CS_HOW_AIRIER:
      return g_strdup (_ ("Marked as made by AI; the picture was made airier to leave it a corner"));

    default:
      return g_strdup (_ ("Marked as made by AI, at the bottom right"));
    }
}

CsPicturePart *
cs_image_words_part (CsPart            part,
                     const CsWirePart *said)
{
  static const struct
  {
    const char *name;
    char *(*words) (const CsWirePart *said);
    const char *off;
  } parts[CS_WIRE_N_PARTS] = {
    [CS_PART_STRAIGHTEN] = { "straighten", words_straighten, N_("Not straightened: that is switched off") },
    [CS_PART_CROP] = { "crop", words_crop, N_("Not cropped: that is switched off") },
    [CS_PART_SHAPE] = { "shape", words_shape, N_("Shape as in the photo") },
    [CS_PART_BACKGROUND] = { "background", words_background, N_("Background as in the photo") },
    [CS_PART_SHADOW] = { "shadow", words_shadow, N_("Shadow as in the photo") },
    [CS_PART_WHITE_BALANCE] = { "white-balance", words_white_balance, N_("Colours as in the photo: white balance is switched off") },
    [CS_PART_EXPOSURE] = { "exposure", words_exposure, N_("Brightness as in the photo: that is switched off") },
    [CS_PART_CLEAN] = { "clean", words_clean, N_("Neither noise nor sharpness touched: that is switched off") },
    [CS_PART_MARK] = { "mark", words_mark, NULL },
  };
  CsPicturePart *self = g_new0 (CsPicturePart, 1);
  CsWirePart     safe = *said;

  if (!isfinite (safe.amount))
    safe.amount = 0;

  self->part = parts[part].name;
  self->applied = safe.outcome == CS_OUTCOME_DONE;
  if (safe.outcome != CS_OUTCOME_OFF)
    self->sentence = parts[part].words (&safe);
  else if (parts[part].off != NULL)
    self->sentence = g_strdup (_ (parts[part].off));

  return self;
}
