/* Whether the account could see the Exchange organization, if there is one. */
#ifndef COLLECT_AD_AD_EXCHANGE_H
#define COLLECT_AD_AD_EXCHANGE_H

struct ad_run;

/*
 * What is hidden looks like what is not there. Makes the section of Exchange
 * partial when mailboxes prove that there is an organization, and notes in the
 * manifest what cannot be told.
 */
void ad_exchange_check(struct ad_run *run);

#endif
