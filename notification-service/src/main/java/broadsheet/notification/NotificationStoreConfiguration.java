package broadsheet.notification;

import broadsheet.store.StoreTimeLimit;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(StoreTimeLimit.class)
class NotificationStoreConfiguration {}
