/*
 * The attributes that are read, in the order in which sentences list them: one
 * row each, from which their number, their names, the reading of values, what
 * edits may set (what-if(5)) and what a linked mailbox gives its master follow.
 *
 *	ROW(ID, SYNTAX, member of struct object,
 *	    SETTABLE, OF_TENANT, or why edits cannot set it (a sentence's end),
 *	    OF_MAILBOX, where a linked mailbox gives it, OF_EITHER, where it
 *	    is asked last, or OWN,
 *	    its name in AD, in Graph, in Exchange's exports of AD and of the
 *	    tenant: NULL where it has none, nothing behind the last)
 *
 * SYNTAX is one of syntax.h. A new attribute also needs its member in object.h,
 * and a row of the collector's table, collect/schema/ad_attr.c.
 */
#ifndef ANALYZE_OBJECT_ATTRIBUTES_H
#define ANALYZE_OBJECT_ATTRIBUTES_H

#define ATTRIBUTES(ROW) \
	ROW(DN, TEXT, dn, "is changed by \"move\"", OWN, \
	    "dn", "onPremisesDistinguishedName", "DistinguishedName", \
	    "DistinguishedName") \
	ROW(GUID, OBJECT_GUID, guid, "says which object it is", OWN, \
	    "objectGUID", "id", "Guid", "ExternalDirectoryObjectId") \
	ROW(SAM, TEXT, sam, SETTABLE, OWN, \
	    "sAMAccountName", "onPremisesSamAccountName") \
	ROW(UPN, TEXT, upn, SETTABLE, OWN, \
	    "userPrincipalName", "userPrincipalName", "UserPrincipalName", \
	    "UserPrincipalName") \
	ROW(DISPLAY_NAME, ANY_TEXT, display_name, SETTABLE, OF_EITHER, \
	    "displayName", "displayName", "DisplayName", "DisplayName") \
	ROW(MAIL, TEXT, mail, SETTABLE, OF_MAILBOX, \
	    "mail", "mail", "PrimarySmtpAddress", "PrimarySmtpAddress") \
	ROW(MAIL_NICKNAME, TEXT, mail_nickname, SETTABLE, OF_MAILBOX, \
	    "mailNickname", "mailNickname", "Alias", "Alias") \
	ROW(PROXIES, PROXIES, proxies, SETTABLE, OF_MAILBOX, \
	    "proxyAddresses", "proxyAddresses", "EmailAddresses", \
	    "EmailAddresses") \
	ROW(TARGET, TEXT, target, SETTABLE, OF_MAILBOX, "targetAddress") \
	ROW(UAC, CONTROL, ad.control, SETTABLE, OWN, "userAccountControl") \
	ROW(PASSWORD_SET, PASSWORD_SET, ad.password_set, SETTABLE, OWN, \
	    "pwdLastSet") \
	ROW(CONSISTENCY_GUID, GUID, ad.consistency_guid, SETTABLE, OWN, \
	    "mS-DS-ConsistencyGuid") \
	ROW(SID, SID, ad.sid, SETTABLE, OWN, "objectSid") \
	ROW(CN, TEXT, cn, SETTABLE, OWN, "cn") \
	ROW(GROUP_TYPE, NUMBER, ad.group_type, SETTABLE, OWN, "groupType") \
	ROW(ADMIN_DESCRIPTION, TEXT, ad.admin_description, SETTABLE, OWN, \
	    "adminDescription") \
	ROW(ADMIN_COUNT, TEXT, ad.admin_count, \
	    "is AD's own record of whom it protects", OWN, \
	    "adminCount") \
	ROW(CRITICAL, FLAG, ad.critical, SETTABLE, OWN, \
	    "isCriticalSystemObject") \
	ROW(RECIPIENT_TYPE, RECIPIENT_TYPE, ad.recipient_type, \
	    SETTABLE, OF_MAILBOX, \
	    "msExchRecipientTypeDetails") \
	ROW(HOME_MDB, PRESENCE, ad.home_mdb, "says where its mailbox is", \
	    OF_MAILBOX, \
	    "homeMDB") \
	ROW(MAILBOX_GUID, EXCHANGE_GUID, ad.mailbox_guid, \
	    "says which mailbox is its own", OF_MAILBOX, \
	    "msExchMailboxGuid", NULL, "ExchangeGuid") \
	ROW(ARCHIVE_GUID, EXCHANGE_GUID, ad.archive_guid, \
	    "says which archive is its own", OF_MAILBOX, \
	    "msExchArchiveGUID", NULL, "ArchiveGuid") \
	ROW(ARCHIVE_DATABASE, TEXT, ad.archive_database, \
	    "says where its archive is", OF_MAILBOX, \
	    "msExchArchiveDatabaseLink") \
	ROW(REMOTE_TYPE, REMOTE_TYPE, ad.remote_type, SETTABLE, OF_MAILBOX, \
	    "msExchRemoteRecipientType") \
	ROW(HIDDEN, FLAG, ad.hidden, SETTABLE, OF_MAILBOX, \
	    "msExchHideFromAddressLists") \
	ROW(CERTIFICATE, AMOUNT, ad.certificates, SETTABLE, OWN, \
	    "userCertificate") \
	ROW(SMIME, AMOUNT, ad.smime, SETTABLE, OWN, \
	    "userSMIMECertificate") \
	ROW(META_XML, META_XML, ad.control_stamp, \
	    "is AD's own record of changes", OWN, \
	    "msDS-ReplAttributeMetaData") \
	ROW(META_BINARY, META_BINARY, ad.control_stamp, \
	    "is AD's own record of changes", OWN, \
	    "replPropertyMetaData") \
	ROW(ENABLED, FLAG, enabled, SETTABLE, OWN, \
	    "Enabled", "accountEnabled") \
	ROW(IMMUTABLE_ID, TEXT, tenant.immutable_id, OF_TENANT, OWN, \
	    NULL, "onPremisesImmutableId") \
	ROW(SYNCED, FLAG, tenant.synced, OF_TENANT, OWN, \
	    NULL, "onPremisesSyncEnabled", NULL, "IsDirSynced") \
	ROW(PLANS, PLANS, tenant.exchange_plan, OF_TENANT, OWN, \
	    NULL, "assignedPlans") \
	ROW(DELETED, ISO_TIME, tenant.deleted_when, OF_TENANT, OWN, \
	    NULL, "deletedDateTime") \
	ROW(MADE, ISO_TIME, tenant.created_when, OF_TENANT, OWN, \
	    NULL, "createdDateTime") \
	ROW(PASSWORD_CHANGED, ISO_TIME, tenant.password_changed, \
	    OF_TENANT, OWN, \
	    NULL, "lastPasswordChangeDateTime") \
	ROW(LAST_SYNC, ISO_TIME, tenant.last_sync, OF_TENANT, OWN, \
	    NULL, "onPremisesLastSyncDateTime") \
	ROW(SYNC_ERRORS, SYNC_ERRORS, tenant.sync_errors, OF_TENANT, OWN, \
	    NULL, "onPremisesProvisioningErrors") \
	ROW(SERVICE_ERRORS, SERVICE_ERRORS, tenant.service_errors, \
	    OF_TENANT, OWN, \
	    NULL, "serviceProvisioningErrors") \
	ROW(USAGE_LOCATION, TEXT, tenant.usage_location, OF_TENANT, OWN, \
	    NULL, "usageLocation") \
	ROW(LICENCES, LICENCES, tenant.licences, OF_TENANT, OWN, \
	    NULL, "licenseAssignmentStates") \
	ROW(SYNC_OBJECT, TEXT, tenant.sync_object, OF_TENANT, OWN, \
	    NULL, "onPremisesObjectIdentifier") \
	ROW(DOMAIN, TEXT, tenant.sync_domain, OF_TENANT, OWN, \
	    NULL, "onPremisesDomainName") \
	ROW(GROUP_TYPES, GROUP_TYPES, tenant.unified, OF_TENANT, OWN, \
	    NULL, "groupTypes") \
	ROW(MAIL_ENABLED, FLAG, tenant.mail_enabled, OF_TENANT, OWN, \
	    NULL, "mailEnabled") \
	ROW(DISPLAY_TYPE, DISPLAY_TYPE, ad.display_type, \
	    SETTABLE, OF_MAILBOX, \
	    "msExchRecipientDisplayType") \
	ROW(CREATED, GENERAL_TIME, ad.created, "is AD's own record", OWN, \
	    "whenCreated") \
	ROW(CHANGED, GENERAL_TIME, ad.changed, "is AD's own record", OWN, \
	    "whenChanged") \
	ROW(CLASS, CLASS, ad.inet_org_person, "says what the object is", OWN, \
	    "objectClass") \
	ROW(MEMBER, MEMBERS, ad.member_count, "is only counted", OWN, \
	    "member") \
	ROW(SYNC_UPN, TEXT, tenant.sync_upn, OF_TENANT, OWN, \
	    NULL, "onPremisesUserPrincipalName") \
	ROW(USER_TYPE, USER_TYPE, tenant.guest, OF_TENANT, OWN, \
	    NULL, "userType") \
	ROW(CANONICAL_NAME, TEXT, ad.canonical_name, \
	    "is changed by \"move\"", OWN, \
	    "canonicalName") \
	ROW(MASTER_SID, MASTER_SID, ad.master_sid, \
	    "says whose mailbox it is", OWN, \
	    "msExchMasterAccountSid") \
	ROW(GIVEN_NAME, TEXT, given_name, SETTABLE, OF_EITHER, \
	    "givenName", "givenName") \
	ROW(SURNAME, TEXT, surname, SETTABLE, OF_EITHER, "sn", "surname") \
	ROW(SYNC_SID, TEXT, tenant.sync_sid, OF_TENANT, OWN, \
	    NULL, "onPremisesSecurityIdentifier") \
	ROW(AUTHORITY, TEXT, ad.authority, "says who manages the object", OWN, \
	    "msDS-ObjectSoa") \
	ROW(EXCHANGE_MANAGED, FLAG, tenant.exchange_managed, OF_TENANT, OWN, \
	    NULL, NULL, NULL, "IsExchangeCloudManaged") \
	ROW(ONLINE_TYPE, TEXT, tenant.online_type, OF_TENANT, OWN, \
	    NULL, NULL, NULL, "RecipientTypeDetails") \
	ROW(POLICIES_IN, POLICIES, ad.policies_in, \
	    "is Exchange's own record of its policies", OWN, \
	    "msExchPoliciesIncluded") \
	ROW(POLICIES_OUT, POLICIES, ad.policies_out, \
	    "is Exchange's own record of its policies", OWN, \
	    "msExchPoliciesExcluded") \
	ROW(EXPIRES, FILETIME, ad.expires, SETTABLE, OWN, "accountExpires") \
	ROW(LAST_LOGON, FILETIME, ad.last_logon, \
	    "is AD's own record of logons", OWN, \
	    "lastLogonTimestamp") \
	ROW(SERVICE_NAMES, PRESENCE, ad.service_names, \
	    "is only asked for", OWN, \
	    "servicePrincipalName") \
	ROW(MANAGED_BY, PRESENCE, ad.managed_by, "is only asked for", OWN, \
	    "managedBy") \
	ROW(LEGACY_DN, TEXT, ad.legacy_dn, \
	    "is Exchange's own name of the object", OF_MAILBOX, \
	    "legacyExchangeDN") \
	ROW(DESCRIPTION, TEXT, ad.description, SETTABLE, OWN, "description")

#endif
