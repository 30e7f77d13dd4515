<?php
/**
 * Takes away what the plugin has kept. What the server has indexed stays there.
 *
 * @package Kashshaf
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'kashshaf' );
delete_option( 'kashshaf_sync' );
foreach ( array( '_kashshaf_id', '_kashshaf_tries', '_kashshaf_refused' ) as $kashshaf_key ) {
	delete_post_meta_by_key( $kashshaf_key );
}
