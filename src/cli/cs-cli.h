/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cs-desk.h"

G_BEGIN_DECLS

/* What a verb ends with; scripts may rely on these */
typedef enum
{
  CS_CLI_DONE = 0,
  CS_CLI_FAILED = 1,    /* all or some of it */
  CS_CLI_USAGE = 2,
  CS_CLI_NO_INPUT = 66, /* no such file or product */
  CS_CLI_IN_USE = 75,   /* another process holds the library: try again later */
  CS_CLI_NO_PERSON = 77, /* wants a terminal and a person who types */
  CS_CLI_STOPPED = 130,
} CsCliExit;

/* One run of the program. Verbs run in a fiber, so they wait. */
typedef struct
{
  CsDesk       *desk;     /* NULL where no library is needed */
  CsWorkshop   *workshop; /* the desk's, or one without a library */
  GListStore   *jobs;     /* work under way without a library */
  char        **arguments; /* of the verb, without its options */
  gboolean      json;      /* one object a line */
  gboolean      pending;
  gboolean      samples;
  gint64        channel;   /* --channel, or 0 */
  char         *search;
  char         *stage;
  char         *output;
  gboolean      mask;
  gboolean      receipts;
  char        **set;
  char         *model;
  char         *facts;
  char         *backdrop;
  char         *engine;    /* --engine: a model that the seller added */
  char         *budget;
  char         *scene;
  char         *address;
  char         *name;
  char         *key;       /* refused, wherever it is given */
  int           key_fd;    /* or -1 */
  int           secret_fd; /* or -1 */
  gboolean      dry_run;
  char         *price_in;
  char         *price_out;
  char         *price_picture;
  char         *currency;
  char         *month_budget;
  gboolean      no_photos;
  char         *allow;
  GCancellable *stopped;   /* Ctrl+C */
} CsCli;

typedef enum
{
  CS_CLI_READS,  /* also beside the window */
  CS_CLI_WRITES, /* holds the library */
  CS_CLI_SIGNS,  /* holds it, and a person has to sit at a terminal */
  CS_CLI_NO_LIBRARY, /* opens none and makes none */
} CsCliNeeds;

typedef struct
{
  const char  *name;
  const char  *usage;   /* the arguments */
  const char  *summary; /* one sentence */
  const char  *options; /* the long names of the options that it takes, between commas: ",json," */
  guint        least;   /* arguments */
  CsCliNeeds   needs;
  CsCliExit  (*run) (CsCli *cli);
  char      *(*describe) (void); /* what else its help says, or NULL */
  const char  *reads;   /* the first argument with which, as without any, it only reads; or NULL */
} CsCliVerb;

CsCliExit cs_cli_approve (CsCli *cli);
CsCliExit cs_cli_channel (CsCli *cli);
CsCliExit cs_cli_conflict (CsCli *cli);
CsCliExit cs_cli_doctor (CsCli *cli);
CsCliExit cs_cli_engine (CsCli *cli);
CsCliExit cs_cli_export (CsCli *cli);
CsCliExit cs_cli_ground (CsCli *cli);
CsCliExit cs_cli_import (CsCli *cli);
CsCliExit cs_cli_models (CsCli *cli);
CsCliExit cs_cli_note (CsCli *cli);
CsCliExit cs_cli_outbox (CsCli *cli);
CsCliExit cs_cli_picture (CsCli *cli);
CsCliExit cs_cli_products (CsCli *cli);
CsCliExit cs_cli_ready (CsCli *cli);
CsCliExit cs_cli_retry (CsCli *cli);
CsCliExit cs_cli_review (CsCli *cli);
CsCliExit cs_cli_rollback (CsCli *cli);
CsCliExit cs_cli_sent (CsCli *cli);
CsCliExit cs_cli_set (CsCli *cli);
CsCliExit cs_cli_suggest (CsCli *cli);
CsCliExit cs_cli_suggestions (CsCli *cli);
CsCliExit cs_cli_sync (CsCli *cli);
CsCliExit cs_cli_undo (CsCli *cli);
CsCliExit cs_cli_withdraw (CsCli *cli);

char *cs_cli_describe_channel (void);
char *cs_cli_describe_ground (void);
char *cs_cli_describe_picture (void);

/* What several verbs do */
CsCliExit cs_cli_print_products (CsCli *cli,
                                 guint  stages);
CsCliExit cs_cli_set_value (CsCli      *cli,
                            const char *product,
                            CsField     field,
                            char      **words);

/* Shows drafts exactly as they will be sent, and why others cannot be, and asks
 * for the word that signs them
 */
CsCliExit cs_cli_show_and_sign (CsCli     *cli,
                                GPtrArray *drafts);
/* --secret-fd: the keys of this shop, for this run; TRUE where none was given */
gboolean  cs_cli_lend_secrets (CsCli   *cli,
                               gint64   account,
                               GError **error);
/* An entry of the outbox by its number; or NULL having said so */
CsOutboxEntry *cs_cli_find_entry (CsCli      *cli,
                                  const char *typed,
                                  CsCliExit  *code);
/* What is to be done about an entry, and by whom: "nobody", "you", "nothing" */
const char *cs_cli_describe_next (CsOutboxEntry *entry,
                                  const char   **who);

/* A model that the seller added, to be changed; or NULL having said so */
CsEngineSetup *cs_cli_find_engine (CsCli      *cli,
                                   const char *id,
                                   CsCliExit  *code);
/* --key-fd: the key of this model, until the program ends; TRUE where none was given */
gboolean  cs_cli_lend_key (CsCli         *cli,
                           CsEngineSetup *setup,
                           GError       **error);

/* A job that Ctrl+C stops and a terminal shows, until it is ended */
CsJob    *cs_cli_begin_job (CsCli      *cli,
                            const char *title);
void      cs_cli_end_job (CsCli *cli,
                          CsJob *job);
/* The command was not understood, and why: the exit code of that */
CsCliExit cs_cli_complain (const char *sentence);
/* Says what went wrong, to stderr; the exit code that it stands for */
CsCliExit cs_cli_fail (const GError *error);
CsCliExit cs_cli_fail_about (const char   *what,
                             const GError *error);
/* The products that were named, or NULL having said which there is not */
GArray   *cs_cli_find_products (CsCli     *cli,
                                CsCliExit *code);
/* --channel, else the first account: 0 having said why */
gint64    cs_cli_find_account (CsCli     *cli,
                               CsCliExit *code);

G_END_DECLS
