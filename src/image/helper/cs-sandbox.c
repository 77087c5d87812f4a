/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <linux/landlock.h>
#include <linux/sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <seccomp.h>

#include "cs-sandbox.h"

/* A photo may take over the decoder that reads it. What it then finds is a
 * process without files, network, other programs or much memory, whose only
 * way out is the answer to the client: Landlock takes the file system away,
 * seccomp everything but computing and answering, rlimits bound the rest.
 */
#define MAX_MAPPED  (G_GUINT64_CONSTANT (2560) * 1024 * 1024) /* beside data: libraries, files, stacks */
#define MAX_ANSWER  (G_GUINT64_CONSTANT (1024) * 1024 * 1024)
#define MAX_FILES   32

static gboolean
sandbox_fail (GError    **error,
              const char *what)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", what, g_strerror (errno));

  return FALSE;
}

/* Returns: the version of Landlock that the kernel has, 0 for none */
int
cs_sandbox_landlock_abi (void)
{
  int abi = syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

  return MAX (abi, 0);
}

static guint64
sandbox_handled_access (int abi)
{
  guint64 access = LANDLOCK_ACCESS_FS_MAKE_SYM * 2 - 1;

  if (abi >= 2)
    access |= LANDLOCK_ACCESS_FS_REFER;
  if (abi >= 3)
    access |= LANDLOCK_ACCESS_FS_TRUNCATE;
  if (abi >= 5)
    access |= LANDLOCK_ACCESS_FS_IOCTL_DEV;

  return access;
}

static gboolean
sandbox_landlock (int         abi,
                  const char *readable_dir,
                  GError    **error)
{
  struct landlock_ruleset_attr      ruleset = { .handled_access_fs = sandbox_handled_access (abi) };
  struct landlock_path_beneath_attr beneath = { .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE };
  g_autofd int                      fd = -1;
  g_autofd int                      dir = -1;

  if (abi >= 4)
    ruleset.handled_access_net = LANDLOCK_ACCESS_NET_BIND_TCP | LANDLOCK_ACCESS_NET_CONNECT_TCP;
  if (abi >= 6)
    ruleset.scoped = LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | LANDLOCK_SCOPE_SIGNAL;

  fd = syscall (SYS_landlock_create_ruleset, &ruleset, sizeof ruleset, 0);
  if (fd < 0)
    return sandbox_fail (error, "landlock_create_ruleset");

  if (readable_dir != NULL && (dir = open (readable_dir, O_PATH | O_DIRECTORY | O_CLOEXEC)) >= 0)
    {
      beneath.parent_fd = dir;
      if (syscall (SYS_landlock_add_rule, fd, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) < 0)
        return sandbox_fail (error, "landlock_add_rule");
    }

  if (syscall (SYS_landlock_restrict_self, fd, 0) < 0)
    return sandbox_fail (error, "landlock_restrict_self");

  return TRUE;
}

static gboolean
sandbox_limit (int      resource,
               guint64  value,
               GError **error)
{
  struct rlimit limit;

  /* Whoever started us may have set less */
  if (getrlimit (resource, &limit) < 0)
    return sandbox_fail (error, "getrlimit");
  limit.rlim_cur = limit.rlim_max = MIN (limit.rlim_cur, value);

  return setrlimit (resource, &limit) == 0 || sandbox_fail (error, "setrlimit");
}

static gboolean
sandbox_limits (guint64  max_data,
                GError **error)
{
#ifndef __SANITIZE_ADDRESS__ /* which maps terabytes of shadow */
  if (!sandbox_limit (RLIMIT_DATA, max_data, error) || !sandbox_limit (RLIMIT_AS, max_data + MAX_MAPPED, error))
    return FALSE;
#endif

  return sandbox_limit (RLIMIT_CORE, 0, error) &&
         sandbox_limit (RLIMIT_FSIZE, MAX_ANSWER, error) &&
         sandbox_limit (RLIMIT_NOFILE, MAX_FILES, error);
}

/* What decoding, threads of its own and answering need, and no more */
static const char *const allowed[] = {
  "read",
  "pread64",
  "readv",
  "write",
  "writev",
  "close",
  "lseek",
  "fstat",
  "newfstatat",
  "fstat64",
  "fstatat64",
  "fcntl",
  "ftruncate",
  "fadvise64",
  "recvmsg",
  "sendmsg",
  "memfd_create",
  "poll",
  "ppoll",
  "eventfd2",
  "munmap",
  "mremap",
  "madvise",
  "brk",
  "membarrier",
  "futex",
  "set_robust_list",
  "rseq",
  "rt_sigaction",
  "rt_sigprocmask",
  "rt_sigreturn",
  "sigaltstack",
  "sched_yield",
  "sched_getaffinity",
  "sched_getparam",
  "sched_getscheduler",
  "getcpu",
  "clock_gettime",
  "clock_getres",
  "clock_nanosleep",
  "nanosleep",
  "gettimeofday",
  "time",
  "alarm",
  "setitimer",
  "getrandom",
  "getpid",
  "gettid",
  "getuid",
  "geteuid",
  "getgid",
  "getegid",
  "getrusage",
  "sysinfo",
  "uname",
  "restart_syscall",
  "exit",
  "exit_group",
};

static int
sandbox_allow_some (scmp_filter_ctx filter,
                    gboolean        may_open)
{
  int result = 0;

  /* No code from anywhere but the libraries that are loaded already */
  result |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1,
                              SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  result |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1,
                              SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  /* Threads, but no processes; the C library falls back from clone3 */
  result |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (clone), 1,
                              SCMP_A0 (SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
  result |= seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (clone3), 0);
  result |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (prctl), 1,
                              SCMP_A0 (SCMP_CMP_EQ, PR_SET_NAME));
  result |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (prctl), 1,
                              SCMP_A0 (SCMP_CMP_EQ, PR_SET_VMA));
  /* To die by its own hand (abort) */
  result |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (tgkill), 1,
                              SCMP_A0 (SCMP_CMP_EQ, (scmp_datum_t) getpid ()));
  result |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (prlimit64), 1,
                              SCMP_A2 (SCMP_CMP_EQ, 0));

  if (may_open)
    result |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (openat), 1,
                                SCMP_A2 (SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND, O_RDONLY));

  return result;
}

static gboolean
sandbox_seccomp (gboolean may_open,
                 GError **error)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  int             result;

  if (filter == NULL)
    return sandbox_fail (error, "seccomp");

  seccomp_attr_set (filter, SCMP_FLTATR_CTL_TSYNC, 1);
  result = sandbox_allow_some (filter, may_open);

  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    {
      int number = seccomp_syscall_resolve_name (allowed[i]);

      /* Not every architecture has every call */
      if (number != __NR_SCMP_ERROR && number >= 0)
        result |= seccomp_rule_add (filter, SCMP_ACT_ALLOW, number, 0);
    }

  if (result == 0)
    result = seccomp_load (filter);
  seccomp_release (filter);

  if (result != 0)
    {
      errno = -result;
      return sandbox_fail (error, "seccomp");
    }

  return TRUE;
}

/**
 * cs_sandbox_enter:
 * @readable_dir: (nullable): a folder whose files may still be opened for reading,
 *   where there is Landlock to say that it is this one only; else none may
 * @max_data: bytes of memory that it may take
 * @landlock: (out): the version of Landlock in force, 0 for none
 *
 * From here on there is no way back. Everything that needs files (modules,
 * profiles, plug-ins) has to be loaded before.
 */
gboolean
cs_sandbox_enter (const char *readable_dir,
                  guint64     max_data,
                  int        *landlock,
                  GError    **error)
{
  *landlock = cs_sandbox_landlock_abi ();

  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) < 0)
    return sandbox_fail (error, "prctl");
  if (*landlock > 0 && !sandbox_landlock (*landlock, readable_dir, error))
    return FALSE;

  return sandbox_limits (max_data, error) && sandbox_seccomp (*landlock > 0 && readable_dir != NULL, error);
}
