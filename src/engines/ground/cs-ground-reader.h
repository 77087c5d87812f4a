/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-ground-claim.h"

G_BEGIN_DECLS

/* A text while its claims are read */
typedef struct
{
  GArray    *tokens;
  GPtrArray *names;
  GArray    *claims;
  GArray    *places; /* the token that each claim begins with, guint */
  guint      clause;
  gboolean   title_case;
} CsGroundReader;

CsGroundClaim *cs_ground_reader_add (CsGroundReader *self,
                                     CsGroundSet     set,
                                     guint           first,
                                     guint           n,
                                     const char     *key);
void           cs_ground_reader_add_entry (CsGroundReader      *self,
                                           const CsGroundEntry *entry,
                                           const char          *key,
                                           guint                first,
                                           guint                n);
void           cs_ground_reader_add_code (CsGroundReader *self,
                                          guint           first,
                                          guint           n);
guint          cs_ground_reader_take_person (CsGroundReader *self,
                                             guint           first);
/* What is quoted from token at on; its parts are read besides */
void           cs_ground_reader_take_quoted (CsGroundReader *self,
                                             guint           at);
/* What is known by its form; how many tokens */
guint          cs_ground_reader_take_form (CsGroundReader *self,
                                           guint           at);
/* When all is read: what words mean beside others */
void           cs_ground_reader_narrow (CsGroundReader *self,
                                        const char     *text);
/* Letters and digits without a space between: how many tokens, or 0 */
guint          cs_ground_code_match (CsGroundReader *self,
                                     guint           first);
gboolean       cs_ground_begins_code (CsGroundReader *self,
                                      guint           at);

G_END_DECLS
