/* Signals, noted for those who look. */
#include "collect/live/interrupt.h"

#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t came;

static void
note(int signal)
{
	(void)signal;
	came = 1;
}

void
interrupt_watch(void)
{
	static const int signals[] = {
		SIGINT, SIGTERM, SIGHUP, SIGQUIT,
	};
	struct sigaction action = {
		.sa_handler = note, .sa_flags = (int)SA_RESETHAND,
	};

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		struct sigaction old;

		/* What nohup ignores stays ignored. */
		if (sigaction(signals[i], NULL, &old) == 0 &&
		    old.sa_handler != SIG_IGN)
			sigaction(signals[i], &action, NULL);
	}
	/* libldap writes to a closed connection when it says good-bye. */
	signal(SIGPIPE, SIG_IGN);
}

bool
interrupt_came(void)
{
	return came != 0;
}
