//! The macro behind the command list: a name, a request and an answer, once.

/// Yields a trait with one method a command, a dispatch from name and JSON, and the list for TypeScript.
macro_rules! commands {
    ($(#[$tdoc:meta])* trait $trait:ident; dispatch $dispatch:ident; list $list:ident; visit $visit:ident;
     $($(#[$doc:meta])* $name:ident : $request:ty => $answer:ty;)+) => {
        $(#[$tdoc])*
        pub trait $trait {
            $($(#[$doc])*
            ///
            /// # Errors
            /// A [`Failure`] with a code and a sentence for the user.
            fn $name(&self, request: $request) -> Result<$answer, Failure>;)+
        }

        /// Calls a command by name with a JSON request.
        ///
        /// # Errors
        /// The request back, when no command of this list has the name: a secret in it is never
        /// copied.
        pub fn $dispatch<T: $trait + ?Sized>(
            handler: &T,
            name: &str,
            request: serde_json::Value,
        ) -> Result<Result<serde_json::Value, Failure>, serde_json::Value> {
            match name {
                $(stringify!($name) => Ok(
                    crate::commands::read(request)
                        .and_then(|request| handler.$name(request))
                        .and_then(|answer| crate::commands::write(&answer)),
                ),)+
                _ => Err(request),
            }
        }

        /// Name, request type and answer type of every command, as TypeScript names them.
        pub fn $list(config: &ts_rs::Config) -> Vec<(&'static str, String, String)> {
            vec![$((stringify!($name), <$request as ts_rs::TS>::name(config), <$answer as ts_rs::TS>::name(config)),)+]
        }

        /// Visits every type that the list mentions.
        pub(crate) fn $visit(visitor: &mut impl ts_rs::TypeVisitor) {
            $(visitor.visit::<$request>(); visitor.visit::<$answer>();)+
        }
    };
}
