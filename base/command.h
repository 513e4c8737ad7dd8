/*
 * What main.c knows of a command. ARGV[0] is the command's name; the answer is
 * the exit code, and on EXIT_USAGE, EXIT_INPUT and the like ERR is filled.
 */
#ifndef BASE_COMMAND_H
#define BASE_COMMAND_H

#include "base/err.h"

enum exit_code cmd_collect(int argc, const char **argv, struct err *err);
enum exit_code cmd_analyze(int argc, const char **argv, struct err *err);
enum exit_code cmd_waive(int argc, const char **argv, struct err *err);
enum exit_code cmd_policy(int argc, const char **argv, struct err *err);
enum exit_code cmd_rules(int argc, const char **argv, struct err *err);
enum exit_code cmd_report(int argc, const char **argv, struct err *err);
enum exit_code cmd_show(int argc, const char **argv, struct err *err);
enum exit_code cmd_diff(int argc, const char **argv, struct err *err);
enum exit_code cmd_exchange(int argc, const char **argv, struct err *err);

#endif
