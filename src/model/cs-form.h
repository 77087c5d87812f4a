/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "cs-record.h"

G_BEGIN_DECLS

/**
 * CsFormKind:
 * @CS_FORM_TEXT: a line
 * @CS_FORM_NUMBER: a decimal, with @unit beside it where it has one
 * @CS_FORM_SWITCH: "true" or "false"
 * @CS_FORM_CHOICE: one of @choices
 * @CS_FORM_CHOICES: any of @choices, one a line
 * @CS_FORM_SECRET: a line that is never shown again, kept or logged
 */
typedef enum
{
  CS_FORM_TEXT,
  CS_FORM_NUMBER,
  CS_FORM_SWITCH,
  CS_FORM_CHOICE,
  CS_FORM_CHOICES,
  CS_FORM_SECRET,
} CsFormKind;

typedef struct
{
  char *value;  /* what goes to the marketplace */
  char *label;  /* what the person reads, in the marketplace's own language */
  char *parent; /* of a tree of categories: the value above, or NULL */
} CsFormChoice;

/* One thing that a marketplace wants to know. All texts but @name come from
 * outside: they are shown as they are and never as markup.
 */
typedef struct
{
  char      *name; /* its own name in the form's values */
  char      *label;
  char      *help; /* or NULL */
  CsFormKind kind;
  gboolean   required;
  char      *unit;    /* or NULL */
  char      *value;   /* filled in already, or NULL */
  guint      longest; /* characters of a text, or 0 where not said */
  GPtrArray *choices; /* (element-type CsFormChoice) in their order; empty where there are none */
} CsFormField;

/* A form made from what a marketplace says of itself: the ways of shipping that
 * a shop has, its categories, what a category wants to know.
 */
typedef struct
{
  char      *title;  /* or NULL */
  GPtrArray *fields; /* (element-type CsFormField) */
} CsForm;

#define CS_TYPE_FORM (cs_form_get_type ())

CS_DECLARE_RECORD (CsForm, cs_form)

CsForm       *cs_form_make (void);
CsFormField  *cs_form_add (CsForm     *self,
                           CsFormKind  kind,
                           const char *name,
                           const char *label);
CsFormField  *cs_form_find (CsForm     *self,
                            const char *name);
CsFormChoice *cs_form_field_add_choice (CsFormField *self,
                                        const char  *value,
                                        const char  *label,
                                        const char  *parent);
/* Why what the values (or NULL) have for one field cannot be taken, a sentence; NULL where it can */
char         *cs_form_field_check (CsFormField *self,
                                   JsonObject  *values);
/* Why the values cannot be taken, a sentence each: what is missing, too long, no
 * number or no choice. values: canonical JSON object of strings (CHOICES: lists
 * of strings). Empty where they can.
 */
GPtrArray    *cs_form_check (CsForm     *self,
                             const char *values);
/* As text, to be kept; NULL where it cannot be read again */
char         *cs_form_to_json (CsForm     *self);
CsForm       *cs_form_from_json (const char *json);

G_END_DECLS
