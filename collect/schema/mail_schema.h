/*
 * The attributes for mail whose being in the schema tells what can be managed
 * in AD: the collector asks for these, the analyzer tells of each.
 */
#ifndef COLLECT_SCHEMA_MAIL_SCHEMA_H
#define COLLECT_SCHEMA_MAIL_SCHEMA_H

#define MAIL_SCHEMA_NAMES(ROW) \
	ROW("mail") ROW("mailNickname") ROW("proxyAddresses") \
	ROW("targetAddress") ROW("legacyExchangeDN") \
	ROW("extensionAttribute1") ROW("homeMDB") ROW("msExchMailboxGuid") \
	ROW("msExchRecipientTypeDetails") ROW("msExchRecipientDisplayType") \
	ROW("msExchRemoteRecipientType") ROW("msExchHideFromAddressLists") \
	ROW("msExchArchiveGUID") ROW("msExchUserHoldPolicies") \
	ROW("publicDelegates") ROW("mS-DS-ConsistencyGuid") \
	ROW("msDS-ExternalDirectoryObjectId") \
	ROW("msDS-cloudExtensionAttribute1")

#endif
